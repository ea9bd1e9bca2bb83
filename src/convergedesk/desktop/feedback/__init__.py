"""What customers ask for, written down from anywhere."""
