-- name: _webhook
w.id, w.url, w.description, w.event_types, w.public_only, w.enabled, w.disabled_because, w.created_at

-- name: _delivery
d.event_id, d.event_type, d.ticket_id, d.state, d.due_at, d.attempts, d.attempted_at,
d.response_status, d.response_ms, d.response_body, d.error, d.created_at

-- name: _sent
-- With the message that it is about if that is public and still there.
SELECT
    d.event_id, d.attempts, now() - coalesce(d.failing_since, now()) AS failing_for,
    e.xid::text AS xid, e.seq, e.type, e.ticket_id, t.ticket_number, e.actor_kind, e.actor_id,
    e.payload, e.cause, e.depth, e.at,
    m.id AS message_id, m.content, m.rich_content, m.author_type, coalesce(
        nullif(trim(concat_ws(' ', u.first_name, u.last_name)), ''),
        nullif(m.author_name, ''),
        CASE WHEN m.author_type = 'customer' THEN coalesce(
            nullif(t.anonymous_traits ->> 'name', ''),
            nullif(t.anonymous_traits ->> 'email', '')
        ) END
    ) AS author_name,
    m.created_at AS message_at
FROM webhook_deliveries d
JOIN events e ON e.project_id = d.project_id AND e.id = d.event_id
LEFT JOIN tickets t ON t.project_id = d.project_id AND t.id = e.ticket_id
LEFT JOIN messages m ON m.project_id = d.project_id AND NOT m.is_private AND m.deleted_at IS NULL
    AND m.id = CASE WHEN e.type LIKE 'message.%' THEN (e.payload ->> 'message_id')::uuid END
LEFT JOIN users u ON u.id = m.author_user_id

-- name: add_webhook
-- It begins with what happens from now on.
INSERT INTO webhooks AS w (
    project_id, id, url, description, event_types, public_only, enabled, xid, seq
)
VALUES ($1, $2, $3, $4, $5, $6, $7, log_horizon(), 0)
RETURNING /*:_webhook*/;

-- name: count_webhooks
SELECT count(*) FROM webhooks WHERE project_id = $1;

-- name: webhooks
SELECT /*:_webhook*/ FROM webhooks w WHERE w.project_id = $1 ORDER BY w.id;

-- name: webhook
SELECT /*:_webhook*/ FROM webhooks w WHERE w.project_id = $1 AND w.id = $2;

-- name: locked_webhook
SELECT /*:_webhook*/ FROM webhooks w WHERE w.project_id = $1 AND w.id = $2 FOR UPDATE;

-- name: change_webhook
UPDATE webhooks AS w
SET url = $3, description = $4, event_types = $5, public_only = $6, enabled = $7,
    disabled_because = NULL
WHERE w.project_id = $1 AND w.id = $2
RETURNING /*:_webhook*/;

-- name: disable_webhook
UPDATE webhooks SET enabled = false, disabled_because = $3 WHERE project_id = $1 AND id = $2;

-- name: remove_webhook
DELETE FROM webhooks WHERE project_id = $1 AND id = $2;

-- name: begin_anew
-- What was failing when the webhook was disabled has all its attempts before it again.
UPDATE webhook_deliveries SET due_at = now(), attempts = 0, failing_since = NULL
WHERE project_id = $1 AND webhook_id = $2 AND state = 'pending' AND due_at IS NOT NULL;

-- name: add_webhook_secret
INSERT INTO webhook_secrets (project_id, webhook_id, id, secret) VALUES ($1, $2, $3, $4)
RETURNING id, secret, created_at, expires_at;

-- name: webhook_secrets
-- Those that sign, the newest first.
SELECT id, secret, created_at, expires_at FROM webhook_secrets
WHERE project_id = $1 AND webhook_id = $2 AND (expires_at IS NULL OR expires_at > now())
ORDER BY created_at DESC, id DESC;

-- name: secrets_of_all
SELECT id, secret, created_at, expires_at, webhook_id FROM webhook_secrets
WHERE project_id = $1 AND (expires_at IS NULL OR expires_at > now())
ORDER BY created_at DESC, id DESC;

-- name: retire_webhook_secrets
WITH expired AS (
    DELETE FROM webhook_secrets
    WHERE project_id = $1 AND webhook_id = $2 AND expires_at <= now()
)
UPDATE webhook_secrets SET expires_at = now() + $3
WHERE project_id = $1 AND webhook_id = $2 AND expires_at IS NULL;

-- name: remove_webhook_secret
-- Never the present one: without it nothing would be signed.
DELETE FROM webhook_secrets
WHERE project_id = $1 AND webhook_id = $2 AND id = $3 AND expires_at IS NOT NULL;

-- name: deliveries
SELECT /*:_delivery*/ FROM webhook_deliveries d
WHERE d.project_id = $1 AND d.webhook_id = $2 /*where*/
ORDER BY d.event_id DESC LIMIT $3;

-- name: delivery
SELECT /*:_delivery*/ FROM webhook_deliveries d
WHERE d.project_id = $1 AND d.webhook_id = $2 AND d.event_id = $3;

-- name: redeliver
-- What waits behind another event of its ticket goes on waiting.
UPDATE webhook_deliveries
SET state = 'pending', attempts = 0, failing_since = NULL,
    due_at = CASE WHEN state <> 'pending' OR due_at IS NOT NULL THEN now() END
WHERE project_id = $1 AND webhook_id = $2 AND event_id = $3;

-- name: redeliver_range
-- From the log itself, so that what was never or long ago sent can be sent, too. Ids are ordered
-- by time: $3 and $4 are the ids around the range, roughly, and find it without a scan.
WITH read AS (
    SELECT e.id, e.type, e.ticket_id, e.xid, e.seq, row_number() OVER (
        PARTITION BY e.ticket_id ORDER BY e.xid, e.seq
    ) AS place
    FROM webhooks w
    JOIN events e ON e.project_id = w.project_id AND e.id >= $3 AND e.id < $4
    WHERE w.project_id = $1 AND w.id = $2 AND e.at >= $5 AND e.at < $6
        AND (e.xid, e.seq) <= (w.xid, w.seq)
        AND (split_part(e.type, '.', 1) = ANY($7::text[]) OR e.type = 'webhook.disabled')
        AND (w.event_types = '{}' OR e.type = ANY(w.event_types))
    ORDER BY e.xid, e.seq LIMIT $8
)
INSERT INTO webhook_deliveries AS d (
    project_id, webhook_id, event_id, event_type, ticket_id, xid, seq, due_at
)
SELECT $1, $2, id, type, ticket_id, xid, seq,
    CASE WHEN ticket_id IS NULL OR place = 1 THEN now() END
FROM read
ON CONFLICT (project_id, webhook_id, event_id) DO UPDATE
SET state = 'pending', attempts = 0, failing_since = NULL,
    due_at = CASE
        WHEN d.state <> 'pending' THEN excluded.due_at
        WHEN d.due_at IS NOT NULL THEN now()
    END;

-- name: take
-- Webhooks that have something to read or to send and that nobody works for.
-- scope: global
UPDATE webhooks AS w SET held_by = $1, held_until = now() + $2::interval
FROM (
    SELECT c.project_id, c.id FROM webhooks c
    WHERE c.enabled AND c.held_until < now() AND (
        EXISTS (
            SELECT 1 FROM webhook_deliveries d
            WHERE d.project_id = c.project_id AND d.webhook_id = c.id AND d.state = 'pending'
                AND d.due_at <= now()
        ) OR EXISTS (
            SELECT 1 FROM events e
            WHERE e.project_id = c.project_id AND (e.xid, e.seq) > (c.xid, c.seq)
                AND e.xid < log_horizon()
        )
    )
    LIMIT $3
    FOR UPDATE SKIP LOCKED
) AS free
WHERE w.project_id = free.project_id AND w.id = free.id
RETURNING w.project_id, w.id;

-- name: beat
-- scope: global
UPDATE webhooks SET held_until = now() + $3::interval WHERE held_by = $1 AND id = ANY($2::uuid[]);

-- name: release
UPDATE webhooks SET held_by = NULL, held_until = '-infinity'
WHERE project_id = $1 AND id = $2 AND held_by = $3;

-- name: held
-- Under its lock, so that nobody changes deliveries meanwhile.
SELECT /*:_webhook*/ FROM webhooks w
WHERE w.project_id = $1 AND w.id = $2 AND w.held_by = $3 FOR UPDATE;

-- name: dispatch
-- The next events of the log that are wanted become deliveries; of a ticket only the first may be
-- sent at once, the others wait for it. The test of a webhook is for that webhook alone.
WITH w AS (
    SELECT event_types, xid, seq FROM webhooks WHERE project_id = $1 AND id = $2
), e AS (
    SELECT e.id, e.type, e.ticket_id, e.xid, e.seq, e.payload
    FROM w CROSS JOIN LATERAL (
        SELECT id, type, ticket_id, xid, seq, payload FROM events
        WHERE project_id = $1 AND (xid, seq) > (w.xid, w.seq)
            AND xid < log_horizon()
        ORDER BY xid, seq LIMIT $4
    ) AS e
), added AS (
    INSERT INTO webhook_deliveries (
        project_id, webhook_id, event_id, event_type, ticket_id, xid, seq, due_at
    )
    SELECT $1, $2, e.id, e.type, e.ticket_id, e.xid, e.seq, CASE
        WHEN e.ticket_id IS NULL THEN now()
        WHEN row_number() OVER (PARTITION BY e.ticket_id ORDER BY e.xid, e.seq) > 1 THEN NULL
        WHEN NOT EXISTS (
            SELECT 1 FROM webhook_deliveries d
            WHERE d.project_id = $1 AND d.webhook_id = $2 AND d.ticket_id = e.ticket_id
                AND d.state = 'pending'
        ) THEN now()
    END
    FROM w CROSS JOIN e
    WHERE e.type = 'webhook.test' AND e.payload ->> 'webhook_id' = $2::text
        OR (split_part(e.type, '.', 1) = ANY($3::text[]) OR e.type = 'webhook.disabled')
            AND (w.event_types = '{}' OR e.type = ANY(w.event_types))
    ON CONFLICT DO NOTHING
)
UPDATE webhooks SET (xid, seq) = (SELECT e.xid, e.seq FROM e ORDER BY e.xid DESC, e.seq DESC LIMIT 1)
WHERE project_id = $1 AND id = $2 AND EXISTS (SELECT 1 FROM e);

-- name: due
-- What may be sent now.
/*:_sent*/
WHERE d.project_id = $1 AND d.webhook_id = $2 AND d.state = 'pending' AND d.due_at <= now()
    AND d.event_id <> ALL($3::uuid[])
ORDER BY d.due_at, d.xid, d.seq LIMIT $4;

-- name: sent_as
-- What is, or was, sent in a delivery.
/*:_sent*/
WHERE d.project_id = $1 AND d.webhook_id = $2 AND d.event_id = $3;

-- name: finish
-- What came of attempts. A delivery that is over lets the next one of its ticket go.
WITH outcome AS (
    SELECT * FROM unnest(
        $3::uuid[], $4::text[], $5::interval[], $6::integer[], $7::integer[], $8::text[], $9::text[]
    ) AS o (event_id, state, pause, status, ms, body, error)
), written AS (
    UPDATE webhook_deliveries d
    SET state = o.state,
        due_at = CASE WHEN o.state = 'pending' THEN now() + o.pause END,
        attempts = d.attempts + 1,
        attempted_at = now(),
        failing_since = CASE WHEN o.state = 'pending' THEN coalesce(d.failing_since, now()) END,
        response_status = o.status,
        response_ms = o.ms,
        response_body = o.body,
        error = o.error
    FROM outcome o
    WHERE d.project_id = $1 AND d.webhook_id = $2 AND d.event_id = o.event_id
        AND d.state = 'pending'
    RETURNING d.ticket_id, d.state
)
UPDATE webhook_deliveries d SET due_at = now()
FROM written, LATERAL (
    SELECT n.event_id FROM webhook_deliveries n
    WHERE n.project_id = $1 AND n.webhook_id = $2 AND n.ticket_id = written.ticket_id
        AND n.state = 'pending' AND n.due_at IS NULL
    ORDER BY n.xid, n.seq LIMIT 1
) AS next
WHERE d.project_id = $1 AND d.webhook_id = $2 AND d.event_id = next.event_id
    AND written.state <> 'pending';

-- name: hasten
-- The receiver is back: what failed a while ago is tried now instead of hours later.
UPDATE webhook_deliveries SET due_at = now()
WHERE project_id = $1 AND webhook_id = $2 AND state = 'pending' AND due_at > now()
    AND attempted_at < now() - interval '1 minute';

-- name: purge_deliveries
-- scope: global
DELETE FROM webhook_deliveries WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM webhook_deliveries
    WHERE state <> 'pending' AND created_at < now() - $1::interval LIMIT $2
));

-- name: standing
-- scope: global
SELECT
    (SELECT count(*) FROM webhooks WHERE enabled) AS enabled,
    (SELECT count(*) FROM webhooks WHERE NOT enabled) AS disabled,
    count(*) AS pending,
    count(*) FILTER (WHERE failing_since IS NOT NULL) AS failing,
    coalesce(extract(epoch FROM now() - min(due_at) FILTER (WHERE due_at <= now())), 0)::float8
        AS waited
FROM webhook_deliveries WHERE state = 'pending';
