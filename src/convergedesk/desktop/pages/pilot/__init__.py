"""The pilot's scorecard."""
