-- name: notify
-- scope: global
SELECT pg_notify($1, $2);
