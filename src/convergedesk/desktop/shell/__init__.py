"""The frame around the pages: rail, top bar, stack of pages, keys."""
