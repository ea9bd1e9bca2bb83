"""The palette: find anything and do anything from one field."""
