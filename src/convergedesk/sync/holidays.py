"""Public holidays by country and region, so that use cases know no source."""

from convergedesk.sources.public_holidays import public_holidays, regions

__all__ = ["public_holidays", "regions"]
