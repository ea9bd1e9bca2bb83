"""Tables: the view, its header, and how cells are painted."""
