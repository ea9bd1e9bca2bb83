"""All accounts as Home and the list of accounts show them: read once, shared by both."""
