-- name: lock_client_id
-- Of two deliveries of the same message the second waits here, and then finds the first.
SELECT pg_advisory_xact_lock(hashtextextended($1::text || ':client:' || $2::text, 0));

-- name: received_before
SELECT m.id, m.ticket_id, m.created_at FROM messages m
WHERE m.project_id = $1 AND m.client_id = $2 LIMIT 1;
