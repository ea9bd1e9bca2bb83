"""A made-up book of business, the same to the byte for the same seed and size.

The vendor of the story sells event delivery by use. Its data goes in through the very path
that imports take; what only people enter goes in through the store's repositories.
"""
