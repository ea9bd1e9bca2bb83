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
