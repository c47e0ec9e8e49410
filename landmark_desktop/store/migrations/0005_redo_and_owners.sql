-- What redoing needs, from the undo on: the file as it was written. NULL where nothing can be redone.
ALTER TABLE write ADD COLUMN redo BLOB;

-- The running program that works on the write (see store.owner); NULL once it is settled.
ALTER TABLE write ADD COLUMN owner TEXT;
