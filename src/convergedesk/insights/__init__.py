"""Statistics of usage, tickets and money as pure functions on arrays.

Each function returns a frozen dataclass that carries its own `Explanation`. Nothing here reads or writes.
"""

from convergedesk.insights.dip_alert import DipAlert, dip_alert
from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.explanation import Explanation, in_words
from convergedesk.insights.peers import PeerErrors
from convergedesk.insights.usage_impact import UsageImpact, usage_impact
from convergedesk.insights.verdict import Verdict

__all__ = [
    "DipAlert",
    "ErrorMatrix",
    "Explanation",
    "PeerErrors",
    "UsageImpact",
    "Verdict",
    "dip_alert",
    "in_words",
    "usage_impact",
]
