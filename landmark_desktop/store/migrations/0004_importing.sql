-- 1 once the places that stand in the photo's files were taken over: that happens by itself only once.
ALTER TABLE photo ADD COLUMN imported INTEGER NOT NULL DEFAULT 0;

-- The place that a photo's files speak of and that is no landmark of the bundle: shown, and used to sort photos into folders.
CREATE TABLE found_place (
    photo_id INTEGER PRIMARY KEY REFERENCES photo (id),
    place    TEXT    NOT NULL    -- JSON, see store.imports
);

-- Photos of older libraries were read and answered already: what stands in their files is taken over when the user asks for it.
UPDATE photo SET imported = 1 WHERE content_key IS NOT NULL;
