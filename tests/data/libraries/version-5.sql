BEGIN TRANSACTION;
CREATE TABLE directory (
    id   INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE
, mount BLOB, volume TEXT);
INSERT INTO "directory" VALUES(1,X'2F70686F746F732F726F6D65',NULL,NULL);
INSERT INTO "directory" VALUES(2,X'2F70686F746F732F636166E9',NULL,NULL);
CREATE TABLE found_place (
    photo_id INTEGER PRIMARY KEY REFERENCES photo (id),
    place    TEXT    NOT NULL    -- JSON, see store.imports
);
INSERT INTO "found_place" VALUES(3,'{"name": "Trevi", "sublocation": "", "city": "Rome", "region": "", "country": "Italy", "country_code": "IT", "latitude": null, "longitude": null}');
CREATE TABLE guesses (
    content_key TEXT NOT NULL,
    bundle_key  TEXT NOT NULL,
    novelty     REAL NOT NULL,
    top         TEXT NOT NULL,      -- JSON [[landmark id, confidence], …], most confident first
    PRIMARY KEY (content_key, bundle_key)
) WITHOUT ROWID;
INSERT INTO "guesses" VALUES('11111111111111111111111111111111','bundle-1',0.25,'[["eiffel_tower", 0.9123456716537476], ["petra", 0.031415926535897934], ["taj_mahal", 0.01], ["big_ben", 0.005], ["colosseum", 0.0025], ["machu_picchu", 0.001], ["stonehenge", 0.0005], ["angkor_wat", 1e-05], ["chichen_itza", 1e-10], ["sagrada_familia", 0.0]]');
INSERT INTO "guesses" VALUES('11111111111111111111111111111111','bundle-2',0.5,'[["taj_mahal", 0.75], ["eiffel_tower", 0.125]]');
INSERT INTO "guesses" VALUES('22222222222222222222222222222222','bundle-1',1.0,'[]');
INSERT INTO "guesses" VALUES('33333333333333333333333333333333','bundle-1',-1.5,'[["petra", 0.30000000000000004]]');
CREATE TABLE organise_folder (
    run_id TEXT NOT NULL REFERENCES organise_run (id),
    path   BLOB NOT NULL,
    PRIMARY KEY (run_id, path)
) WITHOUT ROWID;
CREATE TABLE organise_run (
    id       TEXT    PRIMARY KEY,
    started  TEXT    NOT NULL,
    moves    INTEGER NOT NULL,
    root     BLOB    NOT NULL,
    template TEXT    NOT NULL
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
    tagged       TEXT, companions BLOB, imported INTEGER NOT NULL DEFAULT 0,              -- landmark whose place stands in the photo's metadata
    UNIQUE (directory_id, name)
);
INSERT INTO "photo" VALUES(1,1,X'494D475F312E6A7067',6000,1700000000123456700,'11111111111111111111111111111111',600,400,'2024-05-01T10:11:12',-33.85,151.2,NULL,NULL,X'494D475F312E6E6566003230303030303030003137303030303030303031323334353637303000',0);
INSERT INTO "photo" VALUES(2,1,X'494D475F322E6A7067',0,1700000000123456700,NULL,NULL,NULL,NULL,NULL,NULL,'{"code": "file-empty", "params": {"name": "IMG_2.jpg"}}',NULL,NULL,0);
INSERT INTO "photo" VALUES(3,1,X'494D475F332E6A7067',6100,1700000000123456700,'33333333333333333333333333333333',600,400,NULL,NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO "photo" VALUES(4,2,X'FF2E6A7067',7000,1700000000123456700,'22222222222222222222222222222222',600,400,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "photo" VALUES(5,2,X'636F70792E6A7067',6000,1700000000123456701,'11111111111111111111111111111111',600,400,NULL,NULL,NULL,NULL,NULL,NULL,0);
CREATE TABLE review (
    photo_id    INTEGER PRIMARY KEY REFERENCES photo (id),
    state       TEXT NOT NULL,
    landmark_id TEXT,
    reviewed_by TEXT NOT NULL,
    taken_here  INTEGER,
    time        TEXT NOT NULL
);
INSERT INTO "review" VALUES(1,'accepted','eiffel_tower','user',1,'2024-06-01T12:00:00+00:00');
INSERT INTO "review" VALUES(4,'rejected',NULL,'user',NULL,'2024-06-01T12:00:00+00:00');
CREATE TABLE run (
    id      TEXT PRIMARY KEY,
    started TEXT NOT NULL
);
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
, redo BLOB, owner TEXT);
CREATE INDEX write_by_run ON write (run_id, id);
CREATE INDEX write_by_state ON write (state) WHERE state IN ('pending', 'undoing');
CREATE INDEX write_by_photo ON write (photo_id);
CREATE INDEX photo_by_companions ON photo (directory_id) WHERE companions IS NOT NULL;
CREATE INDEX photo_by_stat ON photo (size, mtime_ns) WHERE content_key IS NOT NULL;
CREATE INDEX transfer_by_run ON transfer (run_id, photo_id);
CREATE INDEX transfer_by_state ON transfer (state) WHERE state IN ('pending', 'placed', 'undoing', 'unplaced');
COMMIT;
PRAGMA user_version = 5;
