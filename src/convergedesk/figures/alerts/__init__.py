"""What the program notices by itself: what holds on a day, which of it is new, and what is over."""
