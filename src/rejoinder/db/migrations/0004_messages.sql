-- What the duplicate guard compares: a digest of everything that makes two requests the same.
ALTER TABLE messages ADD COLUMN fingerprint bytea;
