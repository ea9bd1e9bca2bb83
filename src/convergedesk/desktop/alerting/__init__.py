"""Looks for what needs attention while the program is open, and tells of it."""
