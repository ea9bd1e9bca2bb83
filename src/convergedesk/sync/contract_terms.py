"""Contract terms as a file, read and written, so that use cases know no source."""

from convergedesk.sources.contract_terms import example, write_terms
from convergedesk.sources.contract_terms_reading import (
    ReadTerms,
    StatedContract,
    TermsReject,
    read_terms,
)

__all__ = ["ReadTerms", "StatedContract", "TermsReject", "example", "read_terms", "write_terms"]
