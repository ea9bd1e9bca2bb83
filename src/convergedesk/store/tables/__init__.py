"""The workspace's tables: one module per part of the business, one MetaData for all.

The schema number is SQLite's `user_version` and stands in `store.schema`.
"""

from convergedesk.store.tables.accounts import (
    accounts,
    external_references,
    persons,
    pod_accounts,
    pod_members,
    pods,
)
from convergedesk.store.tables.alerts import alert_looks, alert_rules, alerts
from convergedesk.store.tables.billing import churn_events, invoice_lines, invoices, subscriptions
from convergedesk.store.tables.calendar import calendar_events
from convergedesk.store.tables.columns import metadata, new_uid
from convergedesk.store.tables.contracts import (
    commitment_meters,
    commitments,
    contracts,
    documents,
    entitlements,
    meter_prices,
    price_tiers,
    ramps,
    sla_terms,
)
from convergedesk.store.tables.edits import drafts, edit_open, edit_rows, edits
from convergedesk.store.tables.engagement import (
    actions,
    check_ins,
    decisions,
    feedback_items,
    feedback_requests,
    handoffs,
    huddle_items,
    huddles,
    notes,
    pictures,
)
from convergedesk.store.tables.goals import goal_measurements, goal_targets, goals
from convergedesk.store.tables.home import account_briefs, check_ins_put_off, portfolio_briefs
from convergedesk.store.tables.insights import (
    account_figures,
    account_insights,
    episode_effects,
    episode_tickets,
    episodes,
    health_days,
)
from convergedesk.store.tables.linking import account_keys, usage_shared, waiting_rows
from convergedesk.store.tables.opportunities import opportunity_decisions
from convergedesk.store.tables.rates import exchange_rates
from convergedesk.store.tables.reviews import review_slides, review_snapshots, reviews
from convergedesk.store.tables.runs import (
    cursors,
    freshness,
    import_files,
    import_runs,
    link_decisions,
    mappings,
    rejects,
)
from convergedesk.store.tables.search import search_queue
from convergedesk.store.tables.tickets import ticket_contexts, ticket_goals, ticket_messages, tickets
from convergedesk.store.tables.usage import (
    features,
    meter_keys,
    meters,
    usage_days,
    usage_months,
    usage_subjects,
)
from convergedesk.store.tables.workspace import account_summaries, settings, workspace_info

__all__ = [
    "account_briefs",
    "account_figures",
    "account_insights",
    "account_keys",
    "account_summaries",
    "accounts",
    "actions",
    "alert_looks",
    "alert_rules",
    "alerts",
    "calendar_events",
    "check_ins",
    "check_ins_put_off",
    "churn_events",
    "commitment_meters",
    "commitments",
    "contracts",
    "cursors",
    "decisions",
    "documents",
    "drafts",
    "edit_open",
    "edit_rows",
    "edits",
    "entitlements",
    "episode_effects",
    "episode_tickets",
    "episodes",
    "exchange_rates",
    "external_references",
    "features",
    "feedback_items",
    "feedback_requests",
    "freshness",
    "goal_measurements",
    "goal_targets",
    "goals",
    "handoffs",
    "health_days",
    "huddle_items",
    "huddles",
    "import_files",
    "import_runs",
    "invoice_lines",
    "invoices",
    "link_decisions",
    "mappings",
    "metadata",
    "meter_keys",
    "meter_prices",
    "meters",
    "new_uid",
    "notes",
    "opportunity_decisions",
    "persons",
    "pictures",
    "pod_accounts",
    "pod_members",
    "pods",
    "portfolio_briefs",
    "price_tiers",
    "ramps",
    "rejects",
    "review_slides",
    "review_snapshots",
    "reviews",
    "search_queue",
    "settings",
    "sla_terms",
    "subscriptions",
    "ticket_contexts",
    "ticket_goals",
    "ticket_messages",
    "tickets",
    "usage_days",
    "usage_months",
    "usage_shared",
    "usage_subjects",
    "waiting_rows",
    "workspace_info",
]
