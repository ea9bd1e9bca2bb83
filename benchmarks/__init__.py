"""How fast the program is, beside its limits and its peers: `make bench`."""
