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
