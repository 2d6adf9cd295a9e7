-- name: claim_key
-- Held until the transaction ends; false when another transaction has it.
SELECT pg_try_advisory_xact_lock($1);

-- name: stored_answer
SELECT request_hash, status, body FROM idempotency_keys
WHERE project_id = $1 AND owner = $2 AND route = $3 AND key = $4
  AND created_at > now() - interval '24 hours';

-- name: store_answer
INSERT INTO idempotency_keys (project_id, owner, route, key, request_hash, status, body)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (project_id, owner, route, key) DO UPDATE
SET request_hash = excluded.request_hash, status = excluded.status, body = excluded.body,
    created_at = excluded.created_at;

-- name: purge_answers
-- scope: global
DELETE FROM idempotency_keys WHERE created_at <= now() - interval '24 hours';

-- name: migrations
SELECT name FROM migrations ORDER BY name;
