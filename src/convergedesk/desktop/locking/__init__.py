"""Locking the program: when, what is on screen meanwhile, and work that needs the file closed."""
