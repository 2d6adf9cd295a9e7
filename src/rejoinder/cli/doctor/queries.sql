-- name: extensions
SELECT coalesce(array_agg(extname::text), '{}') FROM pg_extension;

-- name: clock
SELECT clock_timestamp();

-- name: projects_that_restore
-- Whose customers may ask for a link by mail: without domains no page may.
-- scope: global
SELECT coalesce(array_agg(id ORDER BY id), '{}')
FROM projects
WHERE conversations_enabled
  AND conversations_settings->'restore_enabled' IS DISTINCT FROM 'false'
  AND conversations_settings->'widget_domains' <> '[]';
