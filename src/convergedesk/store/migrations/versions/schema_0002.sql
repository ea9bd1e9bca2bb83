ALTER TABLE accounts ADD COLUMN fiscal_month INTEGER;

CREATE TABLE exchange_rates (
    currency TEXT NOT NULL,
    into_currency TEXT NOT NULL,
    day TEXT NOT NULL,
    rate TEXT NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT pk_exchange_rates PRIMARY KEY (currency, into_currency, day)
) STRICT, WITHOUT ROWID;

ALTER TABLE persons ADD COLUMN deleted_at INTEGER;

ALTER TABLE check_ins ADD COLUMN attendee_uids TEXT DEFAULT '[]' NOT NULL;

ALTER TABLE notes ADD COLUMN pulse TEXT;

ALTER TABLE notes ADD COLUMN pulse_reason TEXT DEFAULT '' NOT NULL;

CREATE TABLE pictures (
    id INTEGER NOT NULL,
    digest TEXT NOT NULL,
    media_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    content BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    unused_since INTEGER,
    CONSTRAINT pk_pictures PRIMARY KEY (id),
    CONSTRAINT uq_pictures_digest UNIQUE (digest)
) STRICT;

CREATE TABLE edits (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    label TEXT DEFAULT '' NOT NULL,
    author TEXT DEFAULT '' NOT NULL,
    account_id INTEGER,
    made_at INTEGER NOT NULL,
    aged_from INTEGER NOT NULL,
    deletes INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_edits_deletes CHECK (deletes IN (0, 1)),
    merge TEXT DEFAULT '' NOT NULL,
    undone_at INTEGER,
    restores_id INTEGER,
    CONSTRAINT uq_edits_uid UNIQUE (uid),
    CONSTRAINT fk_edits_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE SET NULL,
    CONSTRAINT fk_edits_restores_id FOREIGN KEY(restores_id) REFERENCES edits (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_edits_account_id ON edits (account_id);
CREATE INDEX ix_edits_restores_id ON edits (restores_id);

CREATE TABLE edit_rows (
    id INTEGER NOT NULL,
    edit_id INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_key TEXT NOT NULL,
    before TEXT,
    after TEXT,
    CONSTRAINT pk_edit_rows PRIMARY KEY (id)
) STRICT;
CREATE INDEX ix_edit_rows_edit_id ON edit_rows (edit_id);

CREATE TABLE edit_open (
    id INTEGER NOT NULL,
    CONSTRAINT pk_edit_open PRIMARY KEY (id)
) STRICT;

ALTER TABLE contracts ADD COLUMN deleted_at INTEGER;

ALTER TABLE calendar_events ADD COLUMN deleted_at INTEGER;

CREATE TABLE drafts (
    "key" TEXT NOT NULL,
    body TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT pk_drafts PRIMARY KEY ("key")
) STRICT, WITHOUT ROWID;

ALTER TABLE accounts ADD COLUMN region TEXT;

CREATE TABLE account_insights (
    account_id INTEGER NOT NULL,
    method TEXT NOT NULL,
    inputs TEXT NOT NULL,
    computed_at INTEGER NOT NULL,
    as_of TEXT,
    figures TEXT DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_account_insights PRIMARY KEY (account_id),
    CONSTRAINT fk_account_insights_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 STRICT;

CREATE TABLE episodes (
    id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    opened_on TEXT NOT NULL,
    resolved_on TEXT,
    high INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_episodes_high CHECK (high IN (0, 1)),
    days REAL,
    restored INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_episodes_restored CHECK (restored IN (0, 1)),
    onset_on TEXT,
    restored_on TEXT,
    days_from_onset REAL,
    days_after_resolution REAL,
    from_level_at_closing REAL,
    CONSTRAINT pk_episodes PRIMARY KEY (id),
    CONSTRAINT fk_episodes_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_episodes_account_id_opened_on ON episodes (account_id, opened_on);

CREATE TABLE episode_tickets (
    episode_id INTEGER NOT NULL,
    ticket_id INTEGER NOT NULL,
    CONSTRAINT pk_episode_tickets PRIMARY KEY (episode_id, ticket_id),
    CONSTRAINT fk_episode_tickets_episode_id FOREIGN KEY(episode_id) REFERENCES episodes (id) ON DELETE CASCADE,
    CONSTRAINT fk_episode_tickets_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX ix_episode_tickets_ticket_id ON episode_tickets (ticket_id);

CREATE TABLE episode_effects (
    id INTEGER NOT NULL,
    episode_id INTEGER NOT NULL,
    meter_id INTEGER,
    part TEXT NOT NULL,
    horizon INTEGER NOT NULL,
    first_day TEXT NOT NULL,
    lead INTEGER NOT NULL,
    estimate REAL,
    low REAL,
    high REAL,
    verdict TEXT NOT NULL,
    smallest_detectable REAL,
    observed REAL,
    expected REAL,
    year_earlier REAL,
    abstained TEXT,
    baseline INTEGER NOT NULL,
    placebos INTEGER NOT NULL,
    effective REAL,
    deviation REAL,
    peer_weight REAL NOT NULL,
    unusual INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_episode_effects_unusual CHECK (unusual IN (0, 1)),
    CONSTRAINT pk_episode_effects PRIMARY KEY (id),
    CONSTRAINT uq_episode_effects_episode_id_meter_id_part_horizon UNIQUE (episode_id, meter_id, part, horizon),
    CONSTRAINT fk_episode_effects_episode_id FOREIGN KEY(episode_id) REFERENCES episodes (id) ON DELETE CASCADE,
    CONSTRAINT fk_episode_effects_meter_id FOREIGN KEY(meter_id) REFERENCES meters (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_episode_effects_meter_id ON episode_effects (meter_id);
