-- name: last_position
-- The last transaction that anything in the log came from, and the present one.
-- scope: global
SELECT greatest(
    0, (SELECT max(xid)::text::numeric FROM events), (SELECT max(xid)::text::numeric FROM webhooks)
)::bigint AS kept, pg_current_xact_id()::text::bigint AS present;

-- name: set_sequence
SELECT setval($1::text::regclass, $2);

-- name: end_sessions
WITH resets AS (DELETE FROM password_resets)
DELETE FROM sessions;

-- name: hold_jobs
-- Those of the schedule go on; what is to be done once waits among the jobs that were given up.
WITH scheduled AS (
    UPDATE jobs SET claimed_by = NULL, due_at = now() WHERE repeats_every IS NOT NULL
)
UPDATE jobs SET claimed_by = NULL, given_up_at = now(), error = $1
WHERE repeats_every IS NULL AND given_up_at IS NULL;

-- name: hold_webhooks
-- scope: global
WITH held AS (
    UPDATE webhooks
    SET enabled = false, disabled_because = $1, held_by = NULL, held_until = '-infinity'
    WHERE enabled
    RETURNING project_id, id
)
SELECT count(*) FROM held;

-- name: forget_notices
-- Mails about new tickets, which the inbox shows anyhow.
-- scope: global
UPDATE ticket_notices SET mailed_at = now() WHERE mailed_at IS NULL;

-- name: held_jobs
SELECT count(*) FROM jobs WHERE given_up_at IS NOT NULL AND error = $1;

-- name: release_jobs
UPDATE jobs SET given_up_at = NULL, attempts = 0, deaths = 0, error = NULL, due_at = now()
WHERE given_up_at IS NOT NULL AND error = $1;

-- name: discard_jobs
DELETE FROM jobs WHERE given_up_at IS NOT NULL AND error = $1;

-- name: held_webhooks
-- scope: global
SELECT project_id, id FROM webhooks WHERE NOT enabled AND disabled_because = $1
ORDER BY project_id, id;

-- name: pass_over
-- Nothing up to now is sent.
WITH passed AS (
    UPDATE webhook_deliveries SET state = 'withheld', due_at = NULL
    WHERE project_id = $1 AND webhook_id = $2 AND state = 'pending'
)
UPDATE webhooks SET xid = log_horizon(), seq = 0 WHERE project_id = $1 AND id = $2;
