"""What the pages mean, in plain words, the guide inside the program, and the tour of a first look."""
