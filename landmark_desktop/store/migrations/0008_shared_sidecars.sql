-- Photos that share the sidecar of a write with the photo it was made for (IMG_1.jpg and IMG_1.png with IMG_1.xmp).
CREATE TABLE served (
    write_id INTEGER NOT NULL REFERENCES write (id),
    photo_id INTEGER NOT NULL,
    PRIMARY KEY (write_id, photo_id)
) WITHOUT ROWID;
CREATE INDEX served_by_photo ON served (photo_id);
CREATE INDEX write_by_target ON write (target);
