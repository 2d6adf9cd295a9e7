-- name: record
-- One statement for all events of a transaction, and the one NOTIFY that announces them.
WITH recorded AS (
    INSERT INTO events (
        project_id, id, type, ticket_id, actor_kind, actor_id, payload, cause, depth, at
    )
    SELECT $1, e.id, e.type, e.ticket_id, e.actor_kind, e.actor_id, e.payload, $2, $3,
        coalesce(e.at, clock_timestamp())
    FROM unnest(
        $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::jsonb[], $10::timestamptz[]
    ) AS e (id, type, ticket_id, actor_kind, actor_id, payload, at)
)
SELECT pg_notify('rejoinder', $11);

-- name: wait_briefly
-- Who writes for many must not wait for one: that could also be for each other, and for ever.
-- scope: global
SELECT set_config('lock_timeout', '100ms', true);

-- name: _recorded
e.id, e.xid::text AS xid, e.seq, e.type, e.ticket_id, e.actor_kind, e.actor_id, e.payload, e.cause,
e.depth, e.at

-- name: log
-- Only what lies below every transaction still open: whatever commits later then lies behind it.
SELECT /*:_recorded*/ FROM events e
WHERE e.project_id = $1 AND (e.xid, e.seq) > ($2::text::xid8, $3)
    AND e.xid < log_horizon() /*where*/
ORDER BY e.xid, e.seq LIMIT $4;

-- name: walk
-- The same as the log, of so many rows, but only the last one's place: the index has it.
SELECT e.xid::text AS xid, e.seq, e.count FROM (
    SELECT e.xid, e.seq, row_number() OVER (ORDER BY e.xid, e.seq) AS count FROM events e
    WHERE e.project_id = $1 AND (e.xid, e.seq) > ($2::text::xid8, $3)
        AND e.xid < log_horizon()
    ORDER BY e.xid, e.seq LIMIT $4
) AS e
ORDER BY e.count DESC LIMIT 1;

-- name: end_of_log
-- The position behind the last event that may be read now.
-- scope: global
SELECT log_horizon()::text;

-- name: of_ticket
-- One ticket's events, newest first, before a place if one is given.
SELECT /*:_recorded*/ FROM events e
WHERE e.project_id = $1 AND e.ticket_id = $2 /*where*/
ORDER BY e.at DESC, e.id DESC LIMIT $3;

-- name: of_tickets
-- Several tickets' events together, each read along its own index.
SELECT e.* FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
    SELECT /*:_recorded*/ FROM events e
    WHERE e.project_id = $1 AND e.ticket_id = t.id /*where*/
    ORDER BY e.at DESC, e.id DESC LIMIT $3
) AS e
ORDER BY e.at DESC, e.id DESC LIMIT $3;

-- name: count_of_ticket
SELECT count(*) FROM events e WHERE e.project_id = $1 AND e.ticket_id = $2 /*where*/;
