"""The components of the design system. A widget shows data and emits intent; it fetches nothing."""
