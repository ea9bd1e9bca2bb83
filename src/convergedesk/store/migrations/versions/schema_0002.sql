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
