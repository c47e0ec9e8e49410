-- Organise runs: photos copied or moved into folders by a template.
CREATE TABLE organise_run (
    id       TEXT    PRIMARY KEY,
    started  TEXT    NOT NULL,
    moves    INTEGER NOT NULL,
    root     BLOB    NOT NULL,
    template TEXT    NOT NULL
);

-- The folders a run made, so that its undo removes those that are empty by then.
CREATE TABLE organise_folder (
    run_id TEXT NOT NULL REFERENCES organise_run (id),
    path   BLOB NOT NULL,
    PRIMARY KEY (run_id, path)
) WITHOUT ROWID;

-- One row for each file, from before it is touched until after its undo.
CREATE TABLE transfer (
    id       INTEGER PRIMARY KEY,
    run_id   TEXT    NOT NULL REFERENCES organise_run (id),
    photo_id INTEGER NOT NULL,
    moves    INTEGER NOT NULL,   -- a sidecar that serves other photos too is copied when its photo moves
    source   BLOB    NOT NULL,
    target   BLOB    NOT NULL,
    state    TEXT    NOT NULL,
    size     INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    digest   TEXT    NOT NULL DEFAULT '',
    error    TEXT    NOT NULL DEFAULT '',
    owner    TEXT,               -- the program that works on it, while it is open (see store/owner.py)
    time     TEXT    NOT NULL
);
CREATE INDEX transfer_by_run ON transfer (run_id, photo_id);
CREATE INDEX transfer_by_state ON transfer (state) WHERE state IN ('pending', 'placed', 'undoing', 'unplaced');
