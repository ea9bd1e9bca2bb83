"""What people changed in the last 30 days, and the way back to each of it."""
