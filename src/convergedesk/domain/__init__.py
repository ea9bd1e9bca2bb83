"""The field's nouns: frozen values and small protocols that every other room shares.

Nothing here touches a file, a network, a clock or a screen. Modules are imported one by
one where they are needed, because defining a dataclass costs start-up time.
"""
