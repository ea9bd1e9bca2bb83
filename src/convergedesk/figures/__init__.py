"""From the store to what a screen shows: read models, kept summaries and their rules."""
