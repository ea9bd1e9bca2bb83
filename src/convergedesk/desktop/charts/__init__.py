"""Charts. The modules with axes bring pyqtgraph and numpy along and are imported when first shown."""


def warm_up() -> None:
    """Import what charts need. For a background job after the first paint, so that no click waits for it."""
    import convergedesk.desktop.charts.bar_chart
    import convergedesk.desktop.charts.usage_chart  # noqa: F401
