ALTER TABLE contracts ADD COLUMN notice_days INTEGER;

ALTER TABLE contracts ADD COLUMN billing_zone TEXT;

ALTER TABLE contracts ADD COLUMN signed_digest TEXT;

ALTER TABLE contracts ADD COLUMN signed_name TEXT;

ALTER TABLE commitments ADD COLUMN overage_share REAL DEFAULT '0' NOT NULL;

CREATE TABLE documents (
    id INTEGER NOT NULL,
    digest TEXT NOT NULL,
    media_type TEXT NOT NULL,
    content BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    unused_since INTEGER,
    CONSTRAINT pk_documents PRIMARY KEY (id),
    CONSTRAINT uq_documents_digest UNIQUE (digest)
)
 STRICT;

CREATE TABLE feedback_requests (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    title TEXT NOT NULL,
    feature_id INTEGER,
    status TEXT DEFAULT 'open' NOT NULL,
    status_on TEXT NOT NULL,
    answer TEXT DEFAULT '' NOT NULL,
    merged_into_id INTEGER,
    distinct_from TEXT DEFAULT '[]' NOT NULL,
    CONSTRAINT pk_feedback_requests PRIMARY KEY (id),
    CONSTRAINT ck_feedback_requests_status CHECK (status IN ('open', 'planned', 'shipped', 'declined')),
    CONSTRAINT uq_feedback_requests_uid UNIQUE (uid),
    CONSTRAINT fk_feedback_requests_feature_id FOREIGN KEY(feature_id) REFERENCES features (id) ON DELETE SET NULL,
    CONSTRAINT fk_feedback_requests_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES feedback_requests (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_feedback_requests_feature_id ON feedback_requests (feature_id);
CREATE INDEX ix_feedback_requests_merged_into_id ON feedback_requests (merged_into_id);

ALTER TABLE feedback_items ADD COLUMN request_id INTEGER
    CONSTRAINT fk_feedback_items_request_id REFERENCES feedback_requests (id) ON DELETE SET NULL;
CREATE INDEX ix_feedback_items_request_id ON feedback_items (request_id);

CREATE TABLE opportunity_decisions (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT DEFAULT '' NOT NULL,
    state TEXT NOT NULL,
    until_day TEXT,
    reason TEXT DEFAULT '' NOT NULL,
    author TEXT DEFAULT '' NOT NULL,
    decided_at INTEGER NOT NULL,
    action_id INTEGER,
    CONSTRAINT pk_opportunity_decisions PRIMARY KEY (id),
    CONSTRAINT ck_opportunity_decisions_state CHECK (state IN ('taken_up', 'not_now', 'dismissed')),
    CONSTRAINT uq_opportunity_decisions_uid UNIQUE (uid),
    CONSTRAINT fk_opportunity_decisions_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_opportunity_decisions_action_id FOREIGN KEY(action_id) REFERENCES actions (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_opportunity_decisions_account_id_kind ON opportunity_decisions (account_id, kind);
CREATE INDEX ix_opportunity_decisions_action_id ON opportunity_decisions (action_id);

CREATE TABLE alert_rules (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    enabled INTEGER DEFAULT '1' NOT NULL CONSTRAINT ck_alert_rules_enabled CHECK (enabled IN (0, 1)),
    severity TEXT NOT NULL,
    parameters TEXT DEFAULT '{}' NOT NULL,
    pod_id INTEGER,
    account_ids TEXT DEFAULT '[]' NOT NULL,
    CONSTRAINT pk_alert_rules PRIMARY KEY (id),
    CONSTRAINT ck_alert_rules_severity CHECK (severity IN ('info', 'warning', 'critical')),
    CONSTRAINT uq_alert_rules_uid UNIQUE (uid),
    CONSTRAINT fk_alert_rules_pod_id FOREIGN KEY(pod_id) REFERENCES pods (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_alert_rules_pod_id ON alert_rules (pod_id);

CREATE TABLE alert_looks (
    account_id INTEGER NOT NULL,
    inputs TEXT NOT NULL,
    found TEXT DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_alert_looks PRIMARY KEY (account_id),
    CONSTRAINT fk_alert_looks_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
) STRICT;

ALTER TABLE alerts ADD COLUMN rule_id INTEGER
    CONSTRAINT fk_alerts_rule_id REFERENCES alert_rules (id) ON DELETE SET NULL;
ALTER TABLE alerts ADD COLUMN subject TEXT DEFAULT '' NOT NULL;
ALTER TABLE alerts ADD COLUMN occurrence TEXT;
ALTER TABLE alerts ADD COLUMN raised_on TEXT;
ALTER TABLE alerts ADD COLUMN ended_on TEXT;
ALTER TABLE alerts ADD COLUMN detail TEXT DEFAULT '' NOT NULL;
ALTER TABLE alerts ADD COLUMN reason TEXT DEFAULT '' NOT NULL;
ALTER TABLE alerts ADD COLUMN seen_at INTEGER;
CREATE INDEX ix_alerts_rule_id ON alerts (rule_id);
CREATE UNIQUE INDEX ix_alerts_occurrence ON alerts (occurrence);

CREATE TABLE account_figures (
    account_id INTEGER NOT NULL,
    method TEXT NOT NULL,
    inputs TEXT NOT NULL,
    computed_at INTEGER NOT NULL,
    as_of TEXT,
    health TEXT NOT NULL,
    spend TEXT NOT NULL,
    commitments TEXT NOT NULL,
    adoption TEXT NOT NULL,
    costs TEXT NOT NULL,
    missing TEXT NOT NULL,
    CONSTRAINT pk_account_figures PRIMARY KEY (account_id),
    CONSTRAINT fk_account_figures_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 STRICT;

CREATE TABLE health_days (
    account_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    method TEXT NOT NULL,
    score REAL NOT NULL,
    CONSTRAINT pk_health_days PRIMARY KEY (account_id, day, method),
    CONSTRAINT fk_health_days_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE account_briefs (
    account_id INTEGER NOT NULL,
    computed_at INTEGER NOT NULL,
    brief TEXT NOT NULL,
    CONSTRAINT pk_account_briefs PRIMARY KEY (account_id),
    CONSTRAINT fk_account_briefs_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 STRICT;

CREATE TABLE portfolio_briefs (
    pod_id INTEGER NOT NULL,
    computed_at INTEGER NOT NULL,
    brief TEXT NOT NULL,
    CONSTRAINT pk_portfolio_briefs PRIMARY KEY (pod_id)
)
 STRICT;

CREATE TABLE check_ins_put_off (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    until_day TEXT NOT NULL,
    need INTEGER NOT NULL,
    author TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_check_ins_put_off PRIMARY KEY (id),
    CONSTRAINT uq_check_ins_put_off_uid UNIQUE (uid),
    CONSTRAINT fk_check_ins_put_off_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 STRICT;
CREATE INDEX ix_check_ins_put_off_account_id ON check_ins_put_off (account_id);

CREATE TABLE ticket_contexts (
    ticket_id INTEGER NOT NULL,
    trying_to TEXT DEFAULT '' NOT NULL,
    blocks TEXT DEFAULT '' NOT NULL,
    feature_id INTEGER,
    audience TEXT DEFAULT 'internal' NOT NULL,
    author TEXT DEFAULT '' NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT pk_ticket_contexts PRIMARY KEY (ticket_id),
    CONSTRAINT ck_ticket_contexts_audience CHECK (audience IN ('internal', 'shared')),
    CONSTRAINT fk_ticket_contexts_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id) ON DELETE CASCADE,
    CONSTRAINT fk_ticket_contexts_feature_id FOREIGN KEY(feature_id) REFERENCES features (id) ON DELETE SET NULL
)
 STRICT;
CREATE INDEX ix_ticket_contexts_feature_id ON ticket_contexts (feature_id);

CREATE TABLE ticket_goals (
    ticket_id INTEGER NOT NULL,
    goal_id INTEGER NOT NULL,
    CONSTRAINT pk_ticket_goals PRIMARY KEY (ticket_id, goal_id),
    CONSTRAINT fk_ticket_goals_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id) ON DELETE CASCADE,
    CONSTRAINT fk_ticket_goals_goal_id FOREIGN KEY(goal_id) REFERENCES goals (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;
CREATE INDEX ix_ticket_goals_goal_id ON ticket_goals (goal_id);

ALTER TABLE pods ADD COLUMN started_on TEXT;

CREATE TABLE rebuilt_cursors (
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
    CONSTRAINT ck_cursors_entity CHECK (entity IN ('accounts', 'persons', 'subscriptions', 'contracts', 'contract_terms', 'invoices', 'invoice_lines', 'tickets', 'ticket_messages', 'usage', 'churn_events', 'calendar_events', 'goals')),
    CONSTRAINT fk_cursors_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE SET NULL
)
 WITHOUT ROWID,
 STRICT;
INSERT INTO rebuilt_cursors (source, stream, system, entity, cursor, fingerprint, run_id, updated_at, complete) SELECT source, stream, system, entity, cursor, fingerprint, run_id, updated_at, complete FROM cursors;
DROP TABLE cursors;
ALTER TABLE rebuilt_cursors RENAME TO cursors;

CREATE TABLE rebuilt_import_files (
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
    CONSTRAINT ck_import_files_entity CHECK (entity IN ('accounts', 'persons', 'subscriptions', 'contracts', 'contract_terms', 'invoices', 'invoice_lines', 'tickets', 'ticket_messages', 'usage', 'churn_events', 'calendar_events', 'goals')),
    CONSTRAINT uq_import_files_run_id_stream UNIQUE (run_id, stream),
    CONSTRAINT fk_import_files_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE CASCADE
)
 STRICT;
INSERT INTO rebuilt_import_files (id, run_id, stream, system, entity, size_bytes, digest, whole, rows, imported, new, changed, unchanged, waiting, rejected, complete) SELECT id, run_id, stream, system, entity, size_bytes, digest, whole, rows, imported, new, changed, unchanged, waiting, rejected, complete FROM import_files;
DROP TABLE import_files;
ALTER TABLE rebuilt_import_files RENAME TO import_files;

CREATE TABLE rebuilt_rejects (
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
    CONSTRAINT ck_rejects_entity CHECK (entity IN ('accounts', 'persons', 'subscriptions', 'contracts', 'contract_terms', 'invoices', 'invoice_lines', 'tickets', 'ticket_messages', 'usage', 'churn_events', 'calendar_events', 'goals')),
    CONSTRAINT uq_rejects_source_stream_line UNIQUE (source, stream, line),
    CONSTRAINT fk_rejects_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE SET NULL
)
 STRICT;
INSERT INTO rebuilt_rejects (id, run_id, system, source, stream, entity, line, code, reason, raw, account_key, rows, created_at, resolved_at) SELECT id, run_id, system, source, stream, entity, line, code, reason, raw, account_key, rows, created_at, resolved_at FROM rejects;
DROP TABLE rejects;
ALTER TABLE rebuilt_rejects RENAME TO rejects;
CREATE INDEX ix_rejects_account_key ON rejects (account_key);
CREATE INDEX ix_rejects_resolved_at_code ON rejects (resolved_at, code);
CREATE INDEX ix_rejects_run_id ON rejects (run_id);

CREATE TABLE rebuilt_waiting_rows (
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
    CONSTRAINT ck_waiting_rows_entity CHECK (entity IN ('accounts', 'persons', 'subscriptions', 'contracts', 'contract_terms', 'invoices', 'invoice_lines', 'tickets', 'ticket_messages', 'usage', 'churn_events', 'calendar_events', 'goals')),
    CONSTRAINT uq_waiting_rows_source_entity_row_key UNIQUE (source, entity, row_key),
    CONSTRAINT fk_waiting_rows_account_key_id FOREIGN KEY(account_key_id) REFERENCES account_keys (id) ON DELETE CASCADE,
    CONSTRAINT fk_waiting_rows_run_id FOREIGN KEY(run_id) REFERENCES import_runs (id) ON DELETE SET NULL
)
 STRICT;
INSERT INTO rebuilt_waiting_rows (id, account_key_id, parent, source, stream, entity, row_key, columns, line, raw, run_id) SELECT id, account_key_id, parent, source, stream, entity, row_key, columns, line, raw, run_id FROM waiting_rows;
DROP TABLE waiting_rows;
ALTER TABLE rebuilt_waiting_rows RENAME TO waiting_rows;
CREATE INDEX ix_waiting_rows_account_key_id ON waiting_rows (account_key_id);
CREATE INDEX ix_waiting_rows_source_entity_parent ON waiting_rows (source, entity, parent);
