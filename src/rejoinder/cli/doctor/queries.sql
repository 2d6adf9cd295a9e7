-- name: extensions
SELECT coalesce(array_agg(extname::text), '{}') FROM pg_extension;

-- name: clock
SELECT clock_timestamp();
