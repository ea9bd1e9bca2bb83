"""Statistics of usage, tickets and money as pure functions on arrays.

Each function returns a frozen dataclass that carries its own `Explanation`. Nothing here reads or writes.
"""

from convergedesk.insights.adoption import Adoption, adoption, feature_adoption_rate
from convergedesk.insights.burn_down import BurnDown, burn_down
from convergedesk.insights.closing_trend import ClosingTrend, Direction, closing_trend, count_directions
from convergedesk.insights.correlation import TicketUsageCorrelation, ticket_usage_correlation
from convergedesk.insights.dip_alert import DipAlert, dip_alert
from convergedesk.insights.effects import Effect, Event, effects, one_effect
from convergedesk.insights.episode_study import EpisodeStudy, TicketDays, study_episodes
from convergedesk.insights.episodes import Episode, episodes, incident_days
from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.event_study import Abstention
from convergedesk.insights.expected_range import ExpectedRange, expected_range
from convergedesk.insights.explanation import Explanation, in_words
from convergedesk.insights.false_discovery import adjusted_p_values, benjamini_hochberg
from convergedesk.insights.health import Band, Factor, Health, health
from convergedesk.insights.peers import PeerErrors
from convergedesk.insights.pilot import PilotScorecard, pilot_scorecard
from convergedesk.insights.prices import TierPrice
from convergedesk.insights.restoration import Restoration, time_to_value_restored
from convergedesk.insights.retention import Retention, RevenueBasis, retention
from convergedesk.insights.series import immature_days, scaled_to_full_days
from convergedesk.insights.spend_forecast import SpendForecast, joint_spend_forecast, spend_forecast
from convergedesk.insights.support_metrics import SupportMetrics, support_metrics
from convergedesk.insights.survival import RestorationCurve, restoration_curve
from convergedesk.insights.ticket_cost import TicketCost, sla_credit, ticket_cost
from convergedesk.insights.under_use import UnderUse, under_use
from convergedesk.insights.usage_impact import UsageImpact, usage_impact, usage_impacts
from convergedesk.insights.verdict import Verdict

__all__ = [
    "Abstention",
    "Adoption",
    "Band",
    "BurnDown",
    "ClosingTrend",
    "DipAlert",
    "Direction",
    "Effect",
    "Episode",
    "EpisodeStudy",
    "ErrorMatrix",
    "Event",
    "ExpectedRange",
    "Explanation",
    "Factor",
    "Health",
    "PeerErrors",
    "PilotScorecard",
    "Restoration",
    "RestorationCurve",
    "Retention",
    "RevenueBasis",
    "SpendForecast",
    "SupportMetrics",
    "TicketCost",
    "TicketDays",
    "TicketUsageCorrelation",
    "TierPrice",
    "UnderUse",
    "UsageImpact",
    "Verdict",
    "adjusted_p_values",
    "adoption",
    "benjamini_hochberg",
    "burn_down",
    "closing_trend",
    "count_directions",
    "dip_alert",
    "effects",
    "episodes",
    "expected_range",
    "feature_adoption_rate",
    "health",
    "immature_days",
    "in_words",
    "incident_days",
    "joint_spend_forecast",
    "one_effect",
    "pilot_scorecard",
    "restoration_curve",
    "retention",
    "scaled_to_full_days",
    "sla_credit",
    "spend_forecast",
    "study_episodes",
    "support_metrics",
    "ticket_cost",
    "ticket_usage_correlation",
    "time_to_value_restored",
    "under_use",
    "usage_impact",
    "usage_impacts",
]
