"""Charts. The modules with axes bring pyqtgraph and numpy along and are imported when first shown."""
