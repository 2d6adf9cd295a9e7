-- name: record
-- One statement for all events of a transaction, and the one NOTIFY that announces them.
WITH recorded AS (
    INSERT INTO events (project_id, id, type, ticket_id, actor_kind, actor_id, payload, cause, depth)
    SELECT $1, e.id, e.type, e.ticket_id, $2, $3, e.payload, $4, $5
    FROM unnest($6::uuid[], $7::text[], $8::uuid[], $9::jsonb[]) AS e (id, type, ticket_id, payload)
)
SELECT pg_notify('rejoinder', $10);
