-- name: record
-- One statement for all events of a transaction, and the one NOTIFY that announces them.
WITH recorded AS (
    INSERT INTO events (
        project_id, id, type, ticket_id, actor_kind, actor_id, payload, cause, depth, at
    )
    SELECT $1, e.id, e.type, e.ticket_id, $2, $3, e.payload, $4, $5,
        coalesce(e.at, clock_timestamp())
    FROM unnest($6::uuid[], $7::text[], $8::uuid[], $9::jsonb[], $10::timestamptz[])
        AS e (id, type, ticket_id, payload, at)
)
SELECT pg_notify('rejoinder', $11);

-- name: _recorded
e.id, e.xid::text AS xid, e.seq, e.type, e.ticket_id, e.actor_kind, e.actor_id, e.payload, e.cause,
e.depth, e.at

-- name: log
-- Only what lies below every transaction still open: whatever commits later then lies behind it.
SELECT /*:_recorded*/ FROM events e
WHERE e.project_id = $1 AND (e.xid, e.seq) > ($2::text::xid8, $3)
    AND e.xid < pg_snapshot_xmin(pg_current_snapshot()) /*where*/
ORDER BY e.xid, e.seq LIMIT $4;

-- name: end_of_log
-- The position behind the last event that may be read now.
-- scope: global
SELECT pg_snapshot_xmin(pg_current_snapshot())::text;

-- name: of_ticket
-- One ticket's events, newest first, before a place if one is given.
SELECT /*:_recorded*/ FROM events e
WHERE e.project_id = $1 AND e.ticket_id = $2 /*where*/
ORDER BY e.at DESC, e.id DESC LIMIT $3;

-- name: count_of_ticket
SELECT count(*) FROM events e WHERE e.project_id = $1 AND e.ticket_id = $2 /*where*/;
