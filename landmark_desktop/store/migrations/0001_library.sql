-- Paths are BLOBs: file names need not be valid UTF-8 (os.fsencode / os.fsdecode).
CREATE TABLE directory (
    id   INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE
);

CREATE TABLE photo (
    id           INTEGER PRIMARY KEY,
    directory_id INTEGER NOT NULL REFERENCES directory (id),
    name         BLOB    NOT NULL,
    size         INTEGER NOT NULL,
    mtime_ns     INTEGER NOT NULL,
    content_key  TEXT,              -- NULL until the file was opened
    width        INTEGER,
    height       INTEGER,
    taken_at     TEXT,              -- ISO 8601, naive local time as in EXIF
    latitude     REAL,
    longitude    REAL,
    error        TEXT,              -- JSON {"code", "params"}
    tagged       TEXT,              -- landmark whose place stands in the photo's metadata
    UNIQUE (directory_id, name)
);
CREATE INDEX photo_by_stat ON photo (size, mtime_ns);

-- What a bundle says of a content, whatever file holds it.
CREATE TABLE guesses (
    content_key TEXT NOT NULL,
    bundle_key  TEXT NOT NULL,
    novelty     REAL NOT NULL,
    top         TEXT NOT NULL,      -- JSON [[landmark id, confidence], …], most confident first
    PRIMARY KEY (content_key, bundle_key)
) WITHOUT ROWID;

CREATE TABLE review (
    photo_id    INTEGER PRIMARY KEY REFERENCES photo (id),
    state       TEXT NOT NULL,
    landmark_id TEXT,
    reviewed_by TEXT NOT NULL,
    taken_here  INTEGER,
    time        TEXT NOT NULL
);

CREATE TABLE run (
    id      TEXT PRIMARY KEY,
    started TEXT NOT NULL
);

-- The journal: one row for each file a run writes, from before the write until after its undo.
CREATE TABLE write (
    id               INTEGER PRIMARY KEY,
    run_id           TEXT    NOT NULL REFERENCES run (id),
    photo_id         INTEGER NOT NULL,
    photo            BLOB    NOT NULL,
    target           BLOB    NOT NULL,
    mode             TEXT    NOT NULL,
    landmark_id      TEXT    NOT NULL,
    state            TEXT    NOT NULL,
    fields           TEXT    NOT NULL, -- JSON [[field, before, after], …]
    snapshot         BLOB    NOT NULL, -- what undo needs, see metadata.writer
    written_size     INTEGER,
    written_mtime_ns INTEGER,
    written_key      TEXT,
    error            TEXT,
    time             TEXT    NOT NULL
);
CREATE INDEX write_by_run ON write (run_id, id);
CREATE INDEX write_by_state ON write (state) WHERE state IN ('pending', 'undoing');
CREATE INDEX write_by_photo ON write (photo_id);
