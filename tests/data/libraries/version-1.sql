BEGIN TRANSACTION;
CREATE TABLE directory (
    id   INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE
);
INSERT INTO "directory" VALUES(1,X'2F70686F746F732F726F6D65');
INSERT INTO "directory" VALUES(2,X'2F70686F746F732F636166E9');
CREATE TABLE guesses (
    content_key TEXT NOT NULL,
    bundle_key  TEXT NOT NULL,
    novelty     REAL NOT NULL,
    top         TEXT NOT NULL,      -- JSON [[landmark id, confidence], …], most confident first
    PRIMARY KEY (content_key, bundle_key)
) WITHOUT ROWID;
INSERT INTO "guesses" VALUES('11111111111111111111111111111111','bundle-1',0.25,'[["eiffel_tower", 0.9], ["petra", 0.05]]');
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
INSERT INTO "photo" VALUES(1,1,X'494D475F312E6A7067',6000,1700000000123456700,'11111111111111111111111111111111',600,400,'2024-05-01T10:11:12',-33.85,151.2,NULL,'eiffel_tower');
INSERT INTO "photo" VALUES(2,1,X'494D475F322E6A7067',0,1700000000000000000,NULL,NULL,NULL,NULL,NULL,NULL,'{"code": "file-empty", "params": {"name": "IMG_2.jpg"}}',NULL);
INSERT INTO "photo" VALUES(3,2,X'FF2E6A7067',7000,1700000001000000000,'22222222222222222222222222222222',300,200,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE review (
    photo_id    INTEGER PRIMARY KEY REFERENCES photo (id),
    state       TEXT NOT NULL,
    landmark_id TEXT,
    reviewed_by TEXT NOT NULL,
    taken_here  INTEGER,
    time        TEXT NOT NULL
);
INSERT INTO "review" VALUES(1,'accepted','eiffel_tower','user',1,'2024-06-01T12:00:00+00:00');
INSERT INTO "review" VALUES(3,'rejected',NULL,'user',NULL,'2024-06-01T12:00:01+00:00');
CREATE TABLE run (
    id      TEXT PRIMARY KEY,
    started TEXT NOT NULL
);
INSERT INTO "run" VALUES('20240601-120500-abcd','2024-06-01T12:05:00+00:00');
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
INSERT INTO "write" VALUES(1,'20240601-120500-abcd',1,X'2F70686F746F732F726F6D652F494D475F312E6A7067',X'2F70686F746F732F726F6D652F494D475F312E6A70672E786D70','sidecar','eiffel_tower','done','[["City", "", "Paris"]]',X'736E617073686F74',812,1700000100000000000,'33333333333333333333333333333333',NULL,'2024-06-01T12:05:01+00:00');
CREATE INDEX photo_by_stat ON photo (size, mtime_ns);
CREATE INDEX write_by_run ON write (run_id, id);
CREATE INDEX write_by_state ON write (state) WHERE state IN ('pending', 'undoing');
CREATE INDEX write_by_photo ON write (photo_id);
COMMIT;
PRAGMA user_version = 1;
