"""What the operating system offers: a keyring, folders, one instance, a settings file."""
