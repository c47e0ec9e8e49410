-- 1 once the metadata of the photo's files was read (time, position, places), which may be long before it is decoded. What the
-- file says is in taken_at, latitude and longitude then, be it nothing.
ALTER TABLE photo ADD COLUMN facts_read INTEGER NOT NULL DEFAULT 0;
UPDATE photo SET facts_read = 1 WHERE content_key IS NOT NULL;
