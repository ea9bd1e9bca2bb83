"""Item models over tuples of frozen objects."""
