"""The use cases: what the windows and the command line both ask for, in one place."""
