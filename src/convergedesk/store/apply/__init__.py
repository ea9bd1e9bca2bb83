"""Puts pages of records into the workspace: one module per family of entities.

`ImportWriter` in `writer` is the way in. Everything here works on an open connection inside
one writing transaction; nothing commits by itself.
"""
