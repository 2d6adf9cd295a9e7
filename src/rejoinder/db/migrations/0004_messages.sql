-- What the duplicate guard compares: a digest of everything that makes two requests the same.
ALTER TABLE messages ADD COLUMN fingerprint bytea;

-- The message that this one answers in a thread of its own.
ALTER TABLE messages ADD COLUMN source_id uuid;
