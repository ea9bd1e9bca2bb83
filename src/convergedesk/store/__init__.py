"""The workspace file: one encrypted SQLite database, and the only room that knows its tables.

Nothing is imported here, so that `store.first_paint` costs no more than it needs.
"""
