-- name: keep_files
-- The key is the one that the sweep of attachments looks for.
SELECT pg_advisory_lock_shared(730260412, 1);

-- name: tables
-- With the columns that are stored, not computed.
SELECT c.relname::text AS name,
    array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '') AS columns
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
    AND NOT EXISTS (
        SELECT FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
    )
GROUP BY c.oid
ORDER BY name;

-- name: sequences
SELECT sequencename::text AS name, last_value FROM pg_sequences
WHERE schemaname = current_schema() AND last_value IS NOT NULL
ORDER BY name;

-- name: object_keys
-- Of files that have arrived.
-- scope: global
SELECT object_key FROM attachments WHERE size IS NOT NULL ORDER BY project_id, id;
