-- Landmarks that guesses name. Numbers are given out once, from 0 on, and never change.
CREATE TABLE landmark (
    number INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE
);

-- What a bundle says of a content, whatever file holds it. Filled from the table before by steps.py.
CREATE TABLE compact_guesses (
    content_key TEXT NOT NULL,
    bundle_key  TEXT NOT NULL,
    novelty     REAL NOT NULL,
    top         BLOB NOT NULL,      -- for each guess, most confident first: number of the landmark (uint32), confidence
    PRIMARY KEY (content_key, bundle_key)   -- (float64), little-endian
) WITHOUT ROWID;
