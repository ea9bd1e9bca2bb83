"""ConvergeDesk: customer success and support in one encrypted, offline workspace."""

__version__ = "0.1.0"
