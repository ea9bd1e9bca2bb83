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
