"""Tables of the SQLite file beside a tantivy index, as migration steps, and queries over them."""

from schemas.office.facts import FACT_NAMES

SCHEMA = """
BEGIN;
CREATE TABLE documents (
    id TEXT PRIMARY KEY, key BLOB NOT NULL, etag TEXT NOT NULL, state TEXT NOT NULL, pending INTEGER NOT NULL,
    seen BLOB NOT NULL, record BLOB NOT NULL
);
CREATE INDEX documents_by_key ON documents (key, state);
CREATE INDEX documents_pending ON documents (id) WHERE pending;
CREATE TABLE sections (
    document_id TEXT NOT NULL, article INTEGER NOT NULL, ordinal INTEGER NOT NULL, row BLOB NOT NULL,
    UNIQUE (document_id, article, ordinal)
);
PRAGMA user_version = 1;
COMMIT;
"""
# Version 2: which document has a 文号 or title, and which cites it.
LINKS = """
BEGIN;
CREATE TABLE links (
    name TEXT NOT NULL, cites INTEGER NOT NULL, document_id TEXT NOT NULL, PRIMARY KEY (name, cites, document_id)
) WITHOUT ROWID;
CREATE INDEX links_by_document ON links (document_id);
PRAGMA user_version = 2;
COMMIT;
"""
# Version 3: an index on the time of recording.
MOMENT = "json_extract(CAST(record AS TEXT), '$.indexed_at')"
TIMES = f"""
BEGIN;
CREATE INDEX documents_by_time ON documents ({MOMENT});
PRAGMA user_version = 3;
COMMIT;
"""
# What the office counts (``search.tantivy.facts``). Each index holds all that one kind of count reads.
_FACTS = f"""
CREATE TABLE facts (
    document_id TEXT NOT NULL, key BLOB NOT NULL, {", ".join(f"{name} NOT NULL" for name in FACT_NAMES)},
    PRIMARY KEY (key, article)
) WITHOUT ROWID;
CREATE INDEX facts_by_document ON facts (document_id);
CREATE INDEX facts_by_unit ON facts (state, unit, year, classes);
CREATE INDEX facts_by_class ON facts (state, unit, classes, signed_on, published_on, document_id);
CREATE INDEX facts_by_date ON facts (state, year, signed_on, published_on, unit);
CREATE INDEX facts_by_month ON facts (month, state, unit, signed_on, published_on, lacks);
CREATE INDEX facts_by_letter ON facts (dated, state, unit, year, results, received_on, signed_on, clock)
    WHERE results <> '';
CREATE INDEX facts_by_list ON facts (listed, key) WHERE listed <> '';
"""
# Version 4: these; ``facts_made`` has the version they were derived by.
FACTS = f"""
BEGIN;{_FACTS}
CREATE TABLE facts_made (version INTEGER NOT NULL);
INSERT INTO facts_made VALUES (0);
PRAGMA user_version = 4;
COMMIT;
"""
# Version 5: the newest documents in a state.
STATES = f"""
BEGIN;
CREATE INDEX documents_by_state ON documents (state, {MOMENT});
PRAGMA user_version = 5;
COMMIT;
"""
# Version 6: facts with kind and title.
TITLES = f"""
BEGIN;
DROP TABLE facts;{_FACTS}
UPDATE facts_made SET version = 0;
PRAGMA user_version = 6;
COMMIT;
"""
# Whether a record states a statistic of this subject and measure, in an article of the issuer if one is given.
STATISTICS = """
    SELECT 1 FROM json_each(CAST(record AS TEXT), '$.articles') AS article,
        json_each(article.value, '$.statistics') AS statistic
    WHERE instr(json_extract(statistic.value, '$.subject'), ?) AND instr(json_extract(statistic.value, '$.measure'), ?)
        AND (? = '' OR json_extract(article.value, '$.issuer') = ?)
"""
STEPS = (SCHEMA, LINKS, TIMES, FACTS, STATES, TITLES)
