-- name: locks
-- What this transaction holds on tables that were there before it, the strongest of each.
SELECT DISTINCT ON (c.relname) c.relname::text AS name, l.mode
FROM pg_locks l
JOIN pg_class c ON c.oid = l.relation
JOIN unnest($1::text[]) AS known (name) ON known.name = c.relname
WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND c.relkind = 'r'
    AND c.relnamespace = current_schema()::regnamespace
ORDER BY c.relname, array_position(ARRAY[
    'AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock',
    'ShareUpdateExclusiveLock', 'RowExclusiveLock', 'RowShareLock', 'AccessShareLock'
], l.mode);
