-- Positions in the log count transactions, and another server has counted others. After a restore
-- these two are replaced by ones that go on counting behind the last position that was kept.
CREATE FUNCTION log_position() RETURNS xid8 LANGUAGE sql STABLE AS $$
    SELECT pg_current_xact_id()
$$;

-- Below this, nothing can be added to the log any more.
CREATE FUNCTION log_horizon() RETURNS xid8 LANGUAGE sql STABLE AS $$
    SELECT pg_snapshot_xmin(pg_current_snapshot())
$$;

ALTER TABLE events ALTER COLUMN xid SET DEFAULT log_position();
