"""The steps that bring an older workspace file up to date, one module per schema number.

`versions/schema_NNNN.py` leads from NNNN − 1 to NNNN. A published one never changes; a change
of `store.tables` comes with a new one, and a test compares what both ways lead to.
"""
