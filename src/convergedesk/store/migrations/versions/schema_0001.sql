CREATE TABLE account_keys (
    id INTEGER NOT NULL,
    system TEXT NOT NULL,
    source TEXT NOT NULL,
    account_key TEXT NOT NULL,
    state TEXT NOT NULL,
    account_id INTEGER,
    found_by TEXT,
    by_hand INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_account_keys_by_hand CHECK (by_hand IN (0, 1)),
    external_id TEXT,
    domain TEXT,
    name TEXT,
    label TEXT DEFAULT '' NOT NULL,
    candidates TEXT DEFAULT '[]' NOT NULL,
    stated TEXT,
    first_seen_at INTEGER NOT NULL,
    gone_since INTEGER,
    CONSTRAINT pk_account_keys PRIMARY KEY (id),
    CONSTRAINT ck_account_keys_system CHECK (system IN ('crm', 'support', 'usage', 'billing')),
    CONSTRAINT ck_account_keys_state CHECK (state IN ('linked', 'unknown', 'ambiguous', 'ignored')),
    CONSTRAINT ck_account_keys_found_by CHECK (found_by IN ('person', 'new', 'id', 'subscription', 'domain', 'name')),
    CONSTRAINT uq_account_keys_source_account_key UNIQUE (source, account_key),
    CONSTRAINT fk_account_keys_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_account_keys_account_id ON account_keys (account_id);

CREATE INDEX ix_account_keys_state ON account_keys (state);

CREATE TABLE account_summaries (
    account_id INTEGER NOT NULL,
    spark BLOB,
    spark_last_day TEXT,
    spark_unit TEXT DEFAULT '' NOT NULL,
    spark_meters INTEGER DEFAULT '0' NOT NULL,
    usage_28 REAL,
    usage_previous_28 REAL,
    tick_days TEXT DEFAULT '[]' NOT NULL,
    open_tickets INTEGER DEFAULT '0' NOT NULL,
    open_high INTEGER DEFAULT '0' NOT NULL,
    oldest_high_opened_at INTEGER,
    billed_last_month_minor INTEGER,
    billed_month INTEGER,
    billed_currency TEXT,
    mrr_minor INTEGER,
    mrr_currency TEXT,
    commitment_minor INTEGER,
    commitment_used_minor INTEGER,
    commitment_currency TEXT,
    commitment_starts_on TEXT,
    commitment_ends_on TEXT,
    goals_open INTEGER DEFAULT '0' NOT NULL,
    goals_overdue INTEGER DEFAULT '0' NOT NULL,
    computed_at INTEGER NOT NULL,
    CONSTRAINT pk_account_summaries PRIMARY KEY (account_id),
    CONSTRAINT ck_account_summaries_spark CHECK (length(spark) = 360),
    CONSTRAINT fk_account_summaries_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 STRICT;

CREATE TABLE accounts (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    domain TEXT,
    parent_id INTEGER,
    merged_into_id INTEGER,
    tier TEXT,
    industry TEXT,
    country TEXT,
    time_zone TEXT DEFAULT 'UTC' NOT NULL,
    currency TEXT,
    lifecycle TEXT DEFAULT 'active' NOT NULL,
    owner TEXT,
    success_manager TEXT,
    signed_up_on TEXT,
    renews_on TEXT,
    seats INTEGER,
    gone_since INTEGER,
    CONSTRAINT pk_accounts PRIMARY KEY (id),
    CONSTRAINT ck_accounts_lifecycle CHECK (lifecycle IN ('trial', 'active', 'churned')),
    CONSTRAINT ck_accounts_not_its_own_parent CHECK (parent_id <> id),
    CONSTRAINT ck_accounts_not_merged_into_itself CHECK (merged_into_id <> id),
    CONSTRAINT uq_accounts_uid UNIQUE (uid),
    CONSTRAINT fk_accounts_parent_id FOREIGN KEY(parent_id) REFERENCES accounts (id) ON DELETE SET NULL,
    CONSTRAINT fk_accounts_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES accounts (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_accounts_domain ON accounts (domain);

CREATE INDEX ix_accounts_merged_into_id ON accounts (merged_into_id);

CREATE INDEX ix_accounts_name_key ON accounts (name_key);

CREATE INDEX ix_accounts_parent_id ON accounts (parent_id);

CREATE TABLE actions (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    account_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    owner TEXT DEFAULT '' NOT NULL,
    due_on TEXT,
    done_on TEXT,
    audience TEXT DEFAULT 'internal' NOT NULL,
    check_in_id INTEGER,
    review_id INTEGER,
    huddle_id INTEGER,
    ticket_id INTEGER,
    goal_id INTEGER,
    CONSTRAINT pk_actions PRIMARY KEY (id),
    CONSTRAINT ck_actions_audience CHECK (audience IN ('internal', 'shared')),
    CONSTRAINT uq_actions_uid UNIQUE (uid),
    CONSTRAINT fk_actions_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_actions_check_in_id FOREIGN KEY(check_in_id) REFERENCES check_ins (id) ON DELETE SET NULL,
    CONSTRAINT fk_actions_review_id FOREIGN KEY(review_id) REFERENCES reviews (id) ON DELETE SET NULL,
    CONSTRAINT fk_actions_huddle_id FOREIGN KEY(huddle_id) REFERENCES huddles (id) ON DELETE SET NULL,
    CONSTRAINT fk_actions_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id) ON DELETE SET NULL,
    CONSTRAINT fk_actions_goal_id FOREIGN KEY(goal_id) REFERENCES goals (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_actions_account_id_due_on ON actions (account_id, due_on);

CREATE INDEX ix_actions_check_in_id ON actions (check_in_id);

CREATE INDEX ix_actions_done_on_due_on ON actions (done_on, due_on);

CREATE INDEX ix_actions_goal_id ON actions (goal_id);

CREATE INDEX ix_actions_huddle_id ON actions (huddle_id);

CREATE INDEX ix_actions_review_id ON actions (review_id);

CREATE INDEX ix_actions_ticket_id ON actions (ticket_id);

CREATE TABLE alerts (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    day TEXT NOT NULL,
    raised_at INTEGER NOT NULL,
    meter_id INTEGER,
    ticket_id INTEGER,
    sentence TEXT NOT NULL,
    figures TEXT DEFAULT '{}' NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    snoozed_until TEXT,
    resolved_at INTEGER,
    resolved_by TEXT DEFAULT '' NOT NULL,
    delivered_at INTEGER,
    CONSTRAINT pk_alerts PRIMARY KEY (id),
    CONSTRAINT ck_alerts_severity CHECK (severity IN ('info', 'warning', 'critical')),
    CONSTRAINT ck_alerts_state CHECK (state IN ('open', 'snoozed', 'expected', 'resolved')),
    CONSTRAINT uq_alerts_uid UNIQUE (uid),
    CONSTRAINT fk_alerts_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_alerts_meter_id FOREIGN KEY(meter_id) REFERENCES meters (id) ON DELETE CASCADE,
    CONSTRAINT fk_alerts_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_alerts_account_id_raised_at ON alerts (account_id, raised_at);

CREATE INDEX ix_alerts_meter_id ON alerts (meter_id);

CREATE INDEX ix_alerts_state_raised_at ON alerts (state, raised_at);

CREATE INDEX ix_alerts_ticket_id ON alerts (ticket_id);

CREATE TABLE calendar_events (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    source TEXT,
    account_key TEXT,
    run_id INTEGER,
    gone_since INTEGER,
    external_id TEXT,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    account_id INTEGER,
    country TEXT,
    CONSTRAINT pk_calendar_events PRIMARY KEY (id),
    CONSTRAINT ck_calendar_events_kind CHECK (kind IN ('holiday', 'release', 'freeze', 'outage')),
    CONSTRAINT ck_calendar_events_days CHECK (last_day >= first_day),
    CONSTRAINT uq_calendar_events_source_external_id UNIQUE (source, external_id),
    CONSTRAINT uq_calendar_events_uid UNIQUE (uid),
    CONSTRAINT fk_calendar_events_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE SET NULL,
    CONSTRAINT fk_calendar_events_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_calendar_events_account_id_first_day ON calendar_events (account_id, first_day);

CREATE INDEX ix_calendar_events_first_day ON calendar_events (first_day);

CREATE TABLE check_ins (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    account_id INTEGER NOT NULL,
    held_at INTEGER NOT NULL,
    channel TEXT NOT NULL,
    author TEXT DEFAULT '' NOT NULL,
    attendees TEXT DEFAULT '[]' NOT NULL,
    summary TEXT DEFAULT '' NOT NULL,
    next_step TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_check_ins PRIMARY KEY (id),
    CONSTRAINT ck_check_ins_channel CHECK (channel IN ('call', 'meeting', 'email', 'chat')),
    CONSTRAINT uq_check_ins_uid UNIQUE (uid),
    CONSTRAINT fk_check_ins_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_check_ins_account_id_held_at ON check_ins (account_id, held_at);

CREATE TABLE churn_events (
    id INTEGER NOT NULL,
    source TEXT NOT NULL,
    account_key TEXT,
    run_id INTEGER,
    gone_since INTEGER,
    external_id TEXT NOT NULL,
    account_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    reason TEXT,
    refund_minor INTEGER,
    refund_currency TEXT,
    reactivation INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_churn_events_reactivation CHECK (reactivation IN (0, 1)),
    feedback TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_churn_events PRIMARY KEY (id),
    CONSTRAINT ck_churn_events_money CHECK ((refund_minor IS NULL) = (refund_currency IS NULL)),
    CONSTRAINT uq_churn_events_source_external_id UNIQUE (source, external_id),
    CONSTRAINT fk_churn_events_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE SET NULL,
    CONSTRAINT fk_churn_events_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_churn_events_account_id_day ON churn_events (account_id, day);

CREATE INDEX ix_churn_events_run_id ON churn_events (run_id);

CREATE TABLE commitment_meters (
    commitment_id INTEGER NOT NULL,
    meter_id INTEGER NOT NULL,
    CONSTRAINT pk_commitment_meters PRIMARY KEY (commitment_id, meter_id),
    CONSTRAINT fk_commitment_meters_commitment_id FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE,
    CONSTRAINT fk_commitment_meters_meter_id FOREIGN KEY(meter_id) REFERENCES meters (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX ix_commitment_meters_meter_id ON commitment_meters (meter_id);

CREATE TABLE commitments (
    id INTEGER NOT NULL,
    contract_id INTEGER NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    rollover_share REAL DEFAULT '0' NOT NULL,
    prepaid INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_commitments_prepaid CHECK (prepaid IN (0, 1)),
    CONSTRAINT pk_commitments PRIMARY KEY (id),
    CONSTRAINT ck_commitments_rollover_share CHECK (rollover_share BETWEEN 0 AND 1),
    CONSTRAINT fk_commitments_contract_id FOREIGN KEY(contract_id) REFERENCES contracts (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_commitments_contract_id_starts_on ON commitments (contract_id, starts_on);

CREATE TABLE contracts (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    source TEXT,
    account_key TEXT,
    run_id INTEGER,
    gone_since INTEGER,
    external_id TEXT,
    account_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    currency TEXT NOT NULL,
    amends_id INTEGER,
    CONSTRAINT pk_contracts PRIMARY KEY (id),
    CONSTRAINT ck_contracts_amends_another CHECK (amends_id <> id),
    CONSTRAINT uq_contracts_source_external_id UNIQUE (source, external_id),
    CONSTRAINT uq_contracts_uid UNIQUE (uid),
    CONSTRAINT fk_contracts_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE SET NULL,
    CONSTRAINT fk_contracts_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_contracts_amends_id FOREIGN KEY(amends_id) REFERENCES contracts (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_contracts_account_id_starts_on ON contracts (account_id, starts_on);

CREATE INDEX ix_contracts_amends_id ON contracts (amends_id);

CREATE TABLE cursors (
    source TEXT NOT NULL,
    stream TEXT NOT NULL,
    system TEXT NOT NULL,
    entity TEXT NOT NULL,
    cursor TEXT DEFAULT '' NOT NULL,
    fingerprint TEXT DEFAULT '' NOT NULL,
    run_id INTEGER,
    updated_at INTEGER NOT NULL,
    complete INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_cursors_complete CHECK (complete IN (0, 1)),
    CONSTRAINT pk_cursors PRIMARY KEY (source, stream),
    CONSTRAINT ck_cursors_system CHECK (system IN ('crm', 'support', 'usage', 'billing')),
    CONSTRAINT ck_cursors_entity CHECK (entity IN ('accounts', 'persons', 'subscriptions', 'contracts', 'invoices', 'invoice_lines', 'tickets', 'ticket_messages', 'usage', 'churn_events', 'calendar_events', 'goals')),
    CONSTRAINT fk_cursors_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE SET NULL
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE decisions (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    account_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    body TEXT DEFAULT '' NOT NULL,
    decided_by TEXT DEFAULT '' NOT NULL,
    decided_on TEXT NOT NULL,
    audience TEXT DEFAULT 'internal' NOT NULL,
    review_id INTEGER,
    CONSTRAINT pk_decisions PRIMARY KEY (id),
    CONSTRAINT ck_decisions_audience CHECK (audience IN ('internal', 'shared')),
    CONSTRAINT uq_decisions_uid UNIQUE (uid),
    CONSTRAINT fk_decisions_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_decisions_review_id FOREIGN KEY(review_id) REFERENCES reviews (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_decisions_account_id_decided_on ON decisions (account_id, decided_on);

CREATE INDEX ix_decisions_review_id ON decisions (review_id);

CREATE TABLE entitlements (
    id INTEGER NOT NULL,
    contract_id INTEGER NOT NULL,
    meter_id INTEGER NOT NULL,
    effective_from TEXT NOT NULL,
    quantity TEXT NOT NULL,
    CONSTRAINT pk_entitlements PRIMARY KEY (id),
    CONSTRAINT uq_entitlements_contract_id_meter_id_effective_from UNIQUE (contract_id, meter_id, effective_from),
    CONSTRAINT fk_entitlements_contract_id FOREIGN KEY(contract_id) REFERENCES contracts (id) ON DELETE CASCADE,
    CONSTRAINT fk_entitlements_meter_id FOREIGN KEY(meter_id) REFERENCES meters (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_entitlements_meter_id ON entitlements (meter_id);

CREATE TABLE external_references (
    id INTEGER NOT NULL,
    system TEXT NOT NULL,
    source TEXT NOT NULL,
    entity TEXT NOT NULL,
    external_id TEXT NOT NULL,
    account_id INTEGER,
    person_id INTEGER,
    found_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT pk_external_references PRIMARY KEY (id),
    CONSTRAINT ck_external_references_system CHECK (system IN ('crm', 'support', 'usage', 'billing')),
    CONSTRAINT ck_external_references_entity CHECK (entity IN ('account', 'person')),
    CONSTRAINT ck_external_references_found_by CHECK (found_by IN ('new', 'id', 'domain', 'name', 'subscription', 'person')),
    CONSTRAINT ck_external_references_one_target CHECK ((account_id IS NULL) <> (person_id IS NULL)),
    CONSTRAINT uq_external_references_system_source_entity_external_id UNIQUE (system, source, entity, external_id),
    CONSTRAINT fk_external_references_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_external_references_person_id FOREIGN KEY(person_id) REFERENCES persons (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_external_references_account_id ON external_references (account_id);

CREATE INDEX ix_external_references_external_id ON external_references (external_id);

CREATE INDEX ix_external_references_person_id ON external_references (person_id);

CREATE TABLE features (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_features PRIMARY KEY (id),
    CONSTRAINT uq_features_key UNIQUE ("key")
)
 STRICT;

CREATE TABLE feedback_items (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    feature_id INTEGER,
    ticket_id INTEGER,
    given_at INTEGER NOT NULL,
    author TEXT DEFAULT '' NOT NULL,
    body TEXT DEFAULT '' NOT NULL,
    audience TEXT DEFAULT 'internal' NOT NULL,
    CONSTRAINT pk_feedback_items PRIMARY KEY (id),
    CONSTRAINT ck_feedback_items_audience CHECK (audience IN ('internal', 'shared')),
    CONSTRAINT uq_feedback_items_uid UNIQUE (uid),
    CONSTRAINT fk_feedback_items_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_feedback_items_feature_id FOREIGN KEY(feature_id) REFERENCES features (id) ON DELETE SET NULL,
    CONSTRAINT fk_feedback_items_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_feedback_items_account_id_given_at ON feedback_items (account_id, given_at);

CREATE INDEX ix_feedback_items_feature_id ON feedback_items (feature_id);

CREATE INDEX ix_feedback_items_ticket_id ON feedback_items (ticket_id);

CREATE TABLE freshness (
    system TEXT NOT NULL,
    source TEXT NOT NULL,
    as_of INTEGER,
    received_at INTEGER NOT NULL,
    CONSTRAINT pk_freshness PRIMARY KEY (system, source),
    CONSTRAINT ck_freshness_system CHECK (system IN ('crm', 'support', 'usage', 'billing'))
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE goal_measurements (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    goal_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    value REAL NOT NULL,
    reported_by TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_goal_measurements PRIMARY KEY (id),
    CONSTRAINT uq_goal_measurements_goal_id_day UNIQUE (goal_id, day),
    CONSTRAINT uq_goal_measurements_uid UNIQUE (uid),
    CONSTRAINT fk_goal_measurements_goal_id FOREIGN KEY(goal_id) REFERENCES goals (id) ON DELETE CASCADE
)
 STRICT;

CREATE TABLE goal_targets (
    id INTEGER NOT NULL,
    goal_id INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    target REAL NOT NULL,
    due_on TEXT,
    CONSTRAINT pk_goal_targets PRIMARY KEY (id),
    CONSTRAINT ck_goal_targets_changed_at CHECK (changed_at > 0),
    CONSTRAINT fk_goal_targets_goal_id FOREIGN KEY(goal_id) REFERENCES goals (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_goal_targets_goal_id_changed_at ON goal_targets (goal_id, changed_at);

CREATE TABLE goals (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    source TEXT,
    account_key TEXT,
    run_id INTEGER,
    gone_since INTEGER,
    external_id TEXT,
    account_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    start REAL NOT NULL,
    target REAL NOT NULL,
    current REAL,
    unit TEXT DEFAULT '' NOT NULL,
    agreed_on TEXT,
    due_on TEXT,
    owner TEXT,
    evidence TEXT DEFAULT '' NOT NULL,
    audience TEXT DEFAULT 'internal' NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    meter_id INTEGER,
    measure TEXT,
    CONSTRAINT pk_goals PRIMARY KEY (id),
    CONSTRAINT ck_goals_audience CHECK (audience IN ('internal', 'shared')),
    CONSTRAINT ck_goals_state CHECK (state IN ('open', 'reached', 'dropped')),
    CONSTRAINT ck_goals_measure CHECK (measure IN ('daily_mean_28', 'weekly_total', 'month_to_date')),
    CONSTRAINT uq_goals_source_external_id UNIQUE (source, external_id),
    CONSTRAINT uq_goals_uid UNIQUE (uid),
    CONSTRAINT fk_goals_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE SET NULL,
    CONSTRAINT fk_goals_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_goals_meter_id FOREIGN KEY(meter_id) REFERENCES meters (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_goals_account_id_state ON goals (account_id, state);

CREATE INDEX ix_goals_meter_id ON goals (meter_id);

CREATE INDEX ix_goals_state_due_on ON goals (state, due_on);

CREATE TABLE handoffs (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    ticket_id INTEGER,
    given_by TEXT DEFAULT '' NOT NULL,
    taken_by TEXT DEFAULT '' NOT NULL,
    given_at INTEGER NOT NULL,
    taken_at INTEGER,
    due_on TEXT,
    summary TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT 'offered' NOT NULL,
    CONSTRAINT pk_handoffs PRIMARY KEY (id),
    CONSTRAINT ck_handoffs_state CHECK (state IN ('offered', 'taken', 'declined', 'done')),
    CONSTRAINT uq_handoffs_uid UNIQUE (uid),
    CONSTRAINT fk_handoffs_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_handoffs_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_handoffs_account_id_given_at ON handoffs (account_id, given_at);

CREATE INDEX ix_handoffs_ticket_id ON handoffs (ticket_id);

CREATE TABLE huddle_items (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    huddle_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    account_id INTEGER,
    ticket_id INTEGER,
    topic TEXT NOT NULL,
    outcome TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_huddle_items PRIMARY KEY (id),
    CONSTRAINT uq_huddle_items_huddle_id_position UNIQUE (huddle_id, position),
    CONSTRAINT uq_huddle_items_uid UNIQUE (uid),
    CONSTRAINT fk_huddle_items_huddle_id FOREIGN KEY(huddle_id) REFERENCES huddles (id) ON DELETE CASCADE,
    CONSTRAINT fk_huddle_items_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_huddle_items_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_huddle_items_account_id ON huddle_items (account_id);

CREATE INDEX ix_huddle_items_ticket_id ON huddle_items (ticket_id);

CREATE TABLE huddles (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    pod_id INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    led_by TEXT DEFAULT '' NOT NULL,
    summary TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_huddles PRIMARY KEY (id),
    CONSTRAINT uq_huddles_uid UNIQUE (uid),
    CONSTRAINT fk_huddles_pod_id FOREIGN KEY(pod_id) REFERENCES pods (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_huddles_pod_id_started_at ON huddles (pod_id, started_at);

CREATE TABLE import_files (
    id INTEGER NOT NULL,
    run_id INTEGER NOT NULL,
    stream TEXT NOT NULL,
    system TEXT,
    entity TEXT,
    size_bytes INTEGER,
    digest TEXT,
    whole INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_import_files_whole CHECK (whole IN (0, 1)),
    rows INTEGER DEFAULT '0' NOT NULL,
    imported INTEGER DEFAULT '0' NOT NULL,
    new INTEGER DEFAULT '0' NOT NULL,
    changed INTEGER DEFAULT '0' NOT NULL,
    unchanged INTEGER DEFAULT '0' NOT NULL,
    waiting INTEGER DEFAULT '0' NOT NULL,
    rejected INTEGER DEFAULT '0' NOT NULL,
    complete INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_import_files_complete CHECK (complete IN (0, 1)),
    CONSTRAINT pk_import_files PRIMARY KEY (id),
    CONSTRAINT ck_import_files_system CHECK (system IN ('crm', 'support', 'usage', 'billing')),
    CONSTRAINT ck_import_files_entity CHECK (entity IN ('accounts', 'persons', 'subscriptions', 'contracts', 'invoices', 'invoice_lines', 'tickets', 'ticket_messages', 'usage', 'churn_events', 'calendar_events', 'goals')),
    CONSTRAINT uq_import_files_run_id_stream UNIQUE (run_id, stream),
    CONSTRAINT fk_import_files_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE CASCADE
)
 STRICT;

CREATE TABLE import_runs (
    id INTEGER NOT NULL,
    source TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    state TEXT DEFAULT 'running' NOT NULL,
    rows INTEGER DEFAULT '0' NOT NULL,
    imported INTEGER DEFAULT '0' NOT NULL,
    rejected INTEGER DEFAULT '0' NOT NULL,
    message TEXT DEFAULT '' NOT NULL,
    summary TEXT DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_import_runs PRIMARY KEY (id),
    CONSTRAINT ck_import_runs_state CHECK (state IN ('running', 'done', 'cancelled', 'failed', 'interrupted'))
)
 STRICT;

CREATE INDEX ix_import_runs_started_at ON import_runs (started_at);

CREATE TABLE invoice_lines (
    id INTEGER NOT NULL,
    invoice_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    description TEXT DEFAULT '' NOT NULL,
    amount_minor INTEGER NOT NULL,
    meter_id INTEGER,
    quantity TEXT,
    period_start TEXT,
    period_end TEXT,
    CONSTRAINT pk_invoice_lines PRIMARY KEY (id),
    CONSTRAINT uq_invoice_lines_invoice_id_position UNIQUE (invoice_id, position),
    CONSTRAINT fk_invoice_lines_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoices (id) ON DELETE CASCADE,
    CONSTRAINT fk_invoice_lines_meter_id FOREIGN KEY(meter_id) REFERENCES meters (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_invoice_lines_meter_id ON invoice_lines (meter_id);

CREATE TABLE invoices (
    id INTEGER NOT NULL,
    source TEXT NOT NULL,
    account_key TEXT,
    run_id INTEGER,
    gone_since INTEGER,
    number TEXT NOT NULL,
    account_id INTEGER NOT NULL,
    issued_on TEXT NOT NULL,
    period_start TEXT,
    period_end TEXT,
    total_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL,
    from_lines INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_invoices_from_lines CHECK (from_lines IN (0, 1)),
    CONSTRAINT pk_invoices PRIMARY KEY (id),
    CONSTRAINT ck_invoices_state CHECK (state IN ('draft', 'open', 'paid', 'void', 'uncollectible', 'credit')),
    CONSTRAINT uq_invoices_source_number UNIQUE (source, number),
    CONSTRAINT fk_invoices_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE SET NULL,
    CONSTRAINT fk_invoices_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_invoices_account_id_issued_on ON invoices (account_id, issued_on);

CREATE INDEX ix_invoices_issued_on ON invoices (issued_on);

CREATE INDEX ix_invoices_run_id ON invoices (run_id);

CREATE TABLE link_decisions (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    author TEXT DEFAULT '' NOT NULL,
    account_id INTEGER,
    other_account_id INTEGER,
    system TEXT,
    source TEXT,
    account_key TEXT,
    "before" TEXT DEFAULT '{}' NOT NULL,
    undone_at INTEGER,
    CONSTRAINT pk_link_decisions PRIMARY KEY (id),
    CONSTRAINT ck_link_decisions_kind CHECK (kind IN ('link', 'merge', 'split', 'ignore', 'create')),
    CONSTRAINT ck_link_decisions_system CHECK (system IN ('crm', 'support', 'usage', 'billing')),
    CONSTRAINT uq_link_decisions_uid UNIQUE (uid),
    CONSTRAINT fk_link_decisions_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_link_decisions_other_account_id FOREIGN KEY(other_account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_link_decisions_account_id ON link_decisions (account_id);

CREATE INDEX ix_link_decisions_other_account_id ON link_decisions (other_account_id);

CREATE INDEX ix_link_decisions_system_source_account_key ON link_decisions (system, source, account_key);

CREATE TABLE mappings (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    toml TEXT NOT NULL,
    CONSTRAINT pk_mappings PRIMARY KEY (id),
    CONSTRAINT uq_mappings_uid UNIQUE (uid),
    CONSTRAINT uq_mappings_name UNIQUE (name)
)
 STRICT;

CREATE TABLE meter_keys (
    id INTEGER NOT NULL,
    system TEXT NOT NULL,
    source TEXT NOT NULL,
    "key" TEXT NOT NULL,
    meter_id INTEGER NOT NULL,
    CONSTRAINT pk_meter_keys PRIMARY KEY (id),
    CONSTRAINT ck_meter_keys_system CHECK (system IN ('crm', 'support', 'usage', 'billing')),
    CONSTRAINT uq_meter_keys_system_source_key UNIQUE (system, source, "key"),
    CONSTRAINT fk_meter_keys_meter_id FOREIGN KEY(meter_id) REFERENCES meters (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_meter_keys_meter_id ON meter_keys (meter_id);

CREATE TABLE meter_prices (
    id INTEGER NOT NULL,
    contract_id INTEGER NOT NULL,
    meter_id INTEGER NOT NULL,
    effective_from TEXT NOT NULL,
    model TEXT NOT NULL,
    CONSTRAINT pk_meter_prices PRIMARY KEY (id),
    CONSTRAINT ck_meter_prices_model CHECK (model IN ('flat', 'graduated', 'volume', 'package')),
    CONSTRAINT uq_meter_prices_contract_id_meter_id_effective_from UNIQUE (contract_id, meter_id, effective_from),
    CONSTRAINT fk_meter_prices_contract_id FOREIGN KEY(contract_id) REFERENCES contracts (id) ON DELETE CASCADE,
    CONSTRAINT fk_meter_prices_meter_id FOREIGN KEY(meter_id) REFERENCES meters (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_meter_prices_meter_id ON meter_prices (meter_id);

CREATE TABLE meters (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT DEFAULT '' NOT NULL,
    aggregation TEXT DEFAULT 'sum' NOT NULL,
    absent_is_zero INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_meters_absent_is_zero CHECK (absent_is_zero IN (0, 1)),
    CONSTRAINT pk_meters PRIMARY KEY (id),
    CONSTRAINT ck_meters_aggregation CHECK (aggregation IN ('sum', 'max', 'last')),
    CONSTRAINT uq_meters_uid UNIQUE (uid)
)
 STRICT;

CREATE INDEX ix_meters_key ON meters ("key");

CREATE TABLE notes (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    account_id INTEGER NOT NULL,
    ticket_id INTEGER,
    written_at INTEGER NOT NULL,
    author TEXT DEFAULT '' NOT NULL,
    body TEXT DEFAULT '' NOT NULL,
    audience TEXT DEFAULT 'internal' NOT NULL,
    CONSTRAINT pk_notes PRIMARY KEY (id),
    CONSTRAINT ck_notes_audience CHECK (audience IN ('internal', 'shared')),
    CONSTRAINT uq_notes_uid UNIQUE (uid),
    CONSTRAINT fk_notes_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_notes_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_notes_account_id_written_at ON notes (account_id, written_at);

CREATE INDEX ix_notes_ticket_id ON notes (ticket_id);

CREATE TABLE persons (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    source TEXT,
    account_key TEXT,
    run_id INTEGER,
    gone_since INTEGER,
    external_id TEXT,
    account_id INTEGER,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    role TEXT DEFAULT 'user' NOT NULL,
    title TEXT,
    email TEXT,
    left_on TEXT,
    CONSTRAINT pk_persons PRIMARY KEY (id),
    CONSTRAINT ck_persons_role CHECK (role IN ('sponsor', 'champion', 'buyer', 'user', 'success_manager', 'account_owner', 'support_agent')),
    CONSTRAINT uq_persons_source_external_id UNIQUE (source, external_id),
    CONSTRAINT uq_persons_uid UNIQUE (uid),
    CONSTRAINT fk_persons_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE SET NULL,
    CONSTRAINT fk_persons_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_persons_account_id_role ON persons (account_id, role);

CREATE INDEX ix_persons_email ON persons (email);

CREATE TABLE pod_accounts (
    pod_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    CONSTRAINT pk_pod_accounts PRIMARY KEY (pod_id, account_id),
    CONSTRAINT fk_pod_accounts_pod_id FOREIGN KEY(pod_id) REFERENCES pods (id) ON DELETE CASCADE,
    CONSTRAINT fk_pod_accounts_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX ix_pod_accounts_account_id ON pod_accounts (account_id);

CREATE TABLE pod_members (
    pod_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    CONSTRAINT pk_pod_members PRIMARY KEY (pod_id, person_id),
    CONSTRAINT fk_pod_members_pod_id FOREIGN KEY(pod_id) REFERENCES pods (id) ON DELETE CASCADE,
    CONSTRAINT fk_pod_members_person_id FOREIGN KEY(person_id) REFERENCES persons (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX ix_pod_members_person_id ON pod_members (person_id);

CREATE TABLE pods (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_pods PRIMARY KEY (id),
    CONSTRAINT uq_pods_uid UNIQUE (uid),
    CONSTRAINT uq_pods_name UNIQUE (name)
)
 STRICT;

CREATE TABLE price_tiers (
    price_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    up_to TEXT,
    unit_price TEXT NOT NULL,
    flat_minor INTEGER DEFAULT '0' NOT NULL,
    package_size TEXT,
    CONSTRAINT pk_price_tiers PRIMARY KEY (price_id, position),
    CONSTRAINT fk_price_tiers_price_id FOREIGN KEY(price_id) REFERENCES meter_prices (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE ramps (
    commitment_id INTEGER NOT NULL,
    effective_from TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    CONSTRAINT pk_ramps PRIMARY KEY (commitment_id, effective_from),
    CONSTRAINT fk_ramps_commitment_id FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE rejects (
    id INTEGER NOT NULL,
    run_id INTEGER,
    system TEXT NOT NULL,
    source TEXT NOT NULL,
    stream TEXT NOT NULL,
    entity TEXT NOT NULL,
    line INTEGER NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    raw TEXT DEFAULT '' NOT NULL,
    account_key TEXT,
    rows INTEGER DEFAULT '1' NOT NULL,
    created_at INTEGER NOT NULL,
    resolved_at INTEGER,
    CONSTRAINT pk_rejects PRIMARY KEY (id),
    CONSTRAINT ck_rejects_system CHECK (system IN ('crm', 'support', 'usage', 'billing')),
    CONSTRAINT ck_rejects_entity CHECK (entity IN ('accounts', 'persons', 'subscriptions', 'contracts', 'invoices', 'invoice_lines', 'tickets', 'ticket_messages', 'usage', 'churn_events', 'calendar_events', 'goals')),
    CONSTRAINT uq_rejects_source_stream_line UNIQUE (source, stream, line),
    CONSTRAINT fk_rejects_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_rejects_account_key ON rejects (account_key);

CREATE INDEX ix_rejects_resolved_at_code ON rejects (resolved_at, code);

CREATE INDEX ix_rejects_run_id ON rejects (run_id);

CREATE TABLE review_slides (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    review_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    audience TEXT DEFAULT 'internal' NOT NULL,
    hidden INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_review_slides_hidden CHECK (hidden IN (0, 1)),
    content TEXT DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_review_slides PRIMARY KEY (id),
    CONSTRAINT ck_review_slides_audience CHECK (audience IN ('internal', 'shared')),
    CONSTRAINT uq_review_slides_uid UNIQUE (uid),
    CONSTRAINT fk_review_slides_review_id FOREIGN KEY(review_id) REFERENCES reviews (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_review_slides_review_id_position ON review_slides (review_id, position);

CREATE TABLE review_snapshots (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    review_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    frozen_at INTEGER NOT NULL,
    frozen_by TEXT NOT NULL,
    replaces_id INTEGER,
    correction TEXT DEFAULT '' NOT NULL,
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    CONSTRAINT pk_review_snapshots PRIMARY KEY (id),
    CONSTRAINT uq_review_snapshots_review_id_version UNIQUE (review_id, version),
    CONSTRAINT uq_review_snapshots_uid UNIQUE (uid),
    CONSTRAINT fk_review_snapshots_review_id FOREIGN KEY(review_id) REFERENCES reviews (id) ON DELETE CASCADE,
    CONSTRAINT fk_review_snapshots_replaces_id FOREIGN KEY(replaces_id) REFERENCES review_snapshots (id) ON DELETE SET NULL
)
 STRICT;

CREATE TABLE reviews (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    period_start TEXT NOT NULL,
    period_end TEXT NOT NULL,
    pinned_at INTEGER,
    held_at INTEGER,
    author TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT 'draft' NOT NULL,
    CONSTRAINT pk_reviews PRIMARY KEY (id),
    CONSTRAINT ck_reviews_state CHECK (state IN ('draft', 'frozen', 'presented', 'closed')),
    CONSTRAINT uq_reviews_uid UNIQUE (uid),
    CONSTRAINT fk_reviews_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_reviews_account_id_period_end ON reviews (account_id, period_end);

CREATE TABLE search_queue (
    place INTEGER NOT NULL,
    CONSTRAINT pk_search_queue PRIMARY KEY (place)
)
 STRICT;

CREATE TABLE settings (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT pk_settings PRIMARY KEY ("key")
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE sla_terms (
    id INTEGER NOT NULL,
    contract_id INTEGER NOT NULL,
    effective_from TEXT NOT NULL,
    priority INTEGER,
    first_response_minutes INTEGER,
    resolution_minutes INTEGER,
    credit_share REAL NOT NULL,
    cap_share REAL NOT NULL,
    CONSTRAINT pk_sla_terms PRIMARY KEY (id),
    CONSTRAINT ck_sla_terms_shares CHECK (credit_share BETWEEN 0 AND 1 AND cap_share BETWEEN 0 AND 1),
    CONSTRAINT fk_sla_terms_contract_id FOREIGN KEY(contract_id) REFERENCES contracts (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_sla_terms_contract_id_effective_from ON sla_terms (contract_id, effective_from);

CREATE TABLE subscriptions (
    id INTEGER NOT NULL,
    source TEXT NOT NULL,
    account_key TEXT,
    run_id INTEGER,
    gone_since INTEGER,
    external_id TEXT NOT NULL,
    account_id INTEGER NOT NULL,
    "plan" TEXT,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    mrr_minor INTEGER,
    currency TEXT,
    seats INTEGER,
    billing_period TEXT,
    trial INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_subscriptions_trial CHECK (trial IN (0, 1)),
    auto_renews INTEGER CONSTRAINT ck_subscriptions_auto_renews CHECK (auto_renews IN (0, 1)),
    CONSTRAINT pk_subscriptions PRIMARY KEY (id),
    CONSTRAINT ck_subscriptions_money CHECK ((mrr_minor IS NULL) = (currency IS NULL)),
    CONSTRAINT uq_subscriptions_source_external_id UNIQUE (source, external_id),
    CONSTRAINT fk_subscriptions_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE SET NULL,
    CONSTRAINT fk_subscriptions_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_subscriptions_account_id_starts_on ON subscriptions (account_id, starts_on);

CREATE INDEX ix_subscriptions_external_id ON subscriptions (external_id);

CREATE INDEX ix_subscriptions_run_id ON subscriptions (run_id);

CREATE TABLE ticket_messages (
    id INTEGER NOT NULL,
    ticket_id INTEGER NOT NULL,
    external_id TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    author TEXT DEFAULT '' NOT NULL,
    author_role TEXT DEFAULT '' NOT NULL,
    from_customer INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_ticket_messages_from_customer CHECK (from_customer IN (0, 1)),
    audience TEXT DEFAULT 'internal' NOT NULL,
    body TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_ticket_messages PRIMARY KEY (id),
    CONSTRAINT ck_ticket_messages_audience CHECK (audience IN ('internal', 'shared')),
    CONSTRAINT uq_ticket_messages_ticket_id_external_id UNIQUE (ticket_id, external_id),
    CONSTRAINT fk_ticket_messages_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_ticket_messages_ticket_id_sent_at ON ticket_messages (ticket_id, sent_at);

CREATE TABLE tickets (
    id INTEGER NOT NULL,
    source TEXT NOT NULL,
    account_key TEXT,
    run_id INTEGER,
    gone_since INTEGER,
    number TEXT NOT NULL,
    account_id INTEGER NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    priority INTEGER,
    status TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    first_response_minutes INTEGER,
    satisfaction INTEGER,
    escalated INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_tickets_escalated CHECK (escalated IN (0, 1)),
    feature_id INTEGER,
    requester TEXT,
    assignee TEXT,
    url TEXT,
    reopens INTEGER,
    CONSTRAINT pk_tickets PRIMARY KEY (id),
    CONSTRAINT ck_tickets_status CHECK (status IN ('open', 'pending', 'closed', 'deleted')),
    CONSTRAINT ck_tickets_priority CHECK (priority BETWEEN 1 AND 4),
    CONSTRAINT ck_tickets_satisfaction CHECK (satisfaction BETWEEN 1 AND 5),
    CONSTRAINT uq_tickets_source_number UNIQUE (source, number),
    CONSTRAINT fk_tickets_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE SET NULL,
    CONSTRAINT fk_tickets_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_tickets_feature_id FOREIGN KEY(feature_id) REFERENCES features (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_tickets_account_id_opened_at ON tickets (account_id, opened_at);

CREATE INDEX ix_tickets_feature_id ON tickets (feature_id);

CREATE INDEX ix_tickets_number ON tickets (number);

CREATE INDEX ix_tickets_opened_at ON tickets (opened_at);

CREATE INDEX ix_tickets_run_id ON tickets (run_id);

CREATE INDEX ix_tickets_status_opened_at ON tickets (status, opened_at);

CREATE TABLE usage_days (
    subject_id INTEGER NOT NULL,
    meter_id INTEGER NOT NULL,
    month INTEGER NOT NULL,
    quantities BLOB NOT NULL,
    CONSTRAINT pk_usage_days PRIMARY KEY (subject_id, meter_id, month),
    CONSTRAINT ck_usage_days_quantities CHECK (length(quantities) = 248),
    CONSTRAINT fk_usage_days_subject_id FOREIGN KEY(subject_id) REFERENCES usage_subjects (id) ON DELETE CASCADE,
    CONSTRAINT fk_usage_days_meter_id FOREIGN KEY(meter_id) REFERENCES meters (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX ix_usage_days_meter_id ON usage_days (meter_id);

CREATE TABLE usage_months (
    subject_id INTEGER NOT NULL,
    meter_id INTEGER NOT NULL,
    month INTEGER NOT NULL,
    quantity REAL NOT NULL,
    CONSTRAINT pk_usage_months PRIMARY KEY (subject_id, meter_id, month),
    CONSTRAINT fk_usage_months_subject_id FOREIGN KEY(subject_id) REFERENCES usage_subjects (id) ON DELETE CASCADE,
    CONSTRAINT fk_usage_months_meter_id FOREIGN KEY(meter_id) REFERENCES meters (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX ix_usage_months_meter_id ON usage_months (meter_id);

CREATE TABLE usage_shared (
    subject_id INTEGER NOT NULL,
    meter_id INTEGER NOT NULL,
    month INTEGER NOT NULL,
    mask INTEGER NOT NULL,
    CONSTRAINT pk_usage_shared PRIMARY KEY (subject_id, meter_id, month),
    CONSTRAINT fk_usage_shared_subject_id FOREIGN KEY(subject_id) REFERENCES usage_subjects (id) ON DELETE CASCADE,
    CONSTRAINT fk_usage_shared_meter_id FOREIGN KEY(meter_id) REFERENCES meters (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE usage_subjects (
    id INTEGER NOT NULL,
    source TEXT NOT NULL,
    account_key TEXT NOT NULL,
    account_id INTEGER,
    created_at INTEGER NOT NULL,
    CONSTRAINT pk_usage_subjects PRIMARY KEY (id),
    CONSTRAINT uq_usage_subjects_source_account_key UNIQUE (source, account_key),
    CONSTRAINT fk_usage_subjects_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_usage_subjects_account_id ON usage_subjects (account_id);

CREATE TABLE waiting_rows (
    id INTEGER NOT NULL,
    account_key_id INTEGER,
    parent TEXT,
    source TEXT NOT NULL,
    stream TEXT NOT NULL,
    entity TEXT NOT NULL,
    row_key TEXT NOT NULL,
    columns TEXT NOT NULL,
    line INTEGER NOT NULL,
    raw TEXT DEFAULT '' NOT NULL,
    run_id INTEGER,
    CONSTRAINT pk_waiting_rows PRIMARY KEY (id),
    CONSTRAINT ck_waiting_rows_entity CHECK (entity IN ('accounts', 'persons', 'subscriptions', 'contracts', 'invoices', 'invoice_lines', 'tickets', 'ticket_messages', 'usage', 'churn_events', 'calendar_events', 'goals')),
    CONSTRAINT uq_waiting_rows_source_entity_row_key UNIQUE (source, entity, row_key),
    CONSTRAINT fk_waiting_rows_account_key_id FOREIGN KEY(account_key_id) REFERENCES account_keys (id) ON DELETE CASCADE,
    CONSTRAINT fk_waiting_rows_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_waiting_rows_account_key_id ON waiting_rows (account_key_id);

CREATE INDEX ix_waiting_rows_source_entity_parent ON waiting_rows (source, entity, parent);

CREATE TABLE workspace_info (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    name TEXT NOT NULL,
    is_sample INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_workspace_info_is_sample CHECK (is_sample IN (0, 1)),
    created_at INTEGER NOT NULL,
    currency TEXT,
    today TEXT,
    fiscal_month INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT pk_workspace_info PRIMARY KEY (id),
    CONSTRAINT ck_workspace_info_single_row CHECK (id = 1),
    CONSTRAINT ck_workspace_info_fiscal_month CHECK (fiscal_month BETWEEN 1 AND 12)
)
 STRICT;
