"""What people write about an account, wherever they are: check-ins, notes, actions, persons."""
