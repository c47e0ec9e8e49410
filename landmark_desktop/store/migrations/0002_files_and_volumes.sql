-- The further files of a photo (raw beside JPEG, film of a live photo): name, size, mtime_ns and again, each ended by a zero
-- byte; names are as in photo.name. NULL where there are none.
ALTER TABLE photo ADD COLUMN companions BLOB;
CREATE INDEX photo_by_companions ON photo (directory_id) WHERE companions IS NOT NULL;

-- Where the folder's drive was mounted and which one it was, when the folder was listed last: what is missing while that
-- drive is away is offline, not deleted. NULL until then.
ALTER TABLE directory ADD COLUMN mount BLOB;
ALTER TABLE directory ADD COLUMN volume TEXT;

-- Only photos that were opened once can be recognised after a move.
DROP INDEX photo_by_stat;
CREATE INDEX photo_by_stat ON photo (size, mtime_ns) WHERE content_key IS NOT NULL;
