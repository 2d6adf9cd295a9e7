-- name: in_statuses
-- From the project's counters: exact, and the same cost at any size.
SELECT coalesce(sum(kept.n), 0)::bigint AS count, true AS exact
FROM project_counters c, unnest(
    ARRAY['new', 'open', 'pending', 'on_hold', 'resolved'],
    ARRAY[c.tickets_new, c.tickets_open, c.tickets_pending, c.tickets_on_hold, c.tickets_resolved]
) AS kept (status, n)
WHERE c.project_id = $1 AND kept.status = ANY($2::text[])

-- name: matching
-- Stops at the first one too many.
SELECT least(count(*), $2::bigint) AS count, count(*) <= $2 AS exact
FROM (
    SELECT FROM tickets t
    WHERE t.project_id = $1 AND t.deleted_at IS NULL /*where*/
    ORDER BY t.updated_at DESC, t.ticket_number DESC LIMIT $2 + 1
) AS found

-- name: containing
-- Looks for the text in the newest $2 tickets of the list only.
SELECT count(*) FILTER (
    WHERE lower(t.text) LIKE lower($3) OR EXISTS (
        SELECT FROM messages m
        WHERE m.project_id = $1 AND m.ticket_id = t.id AND m.deleted_at IS NULL
            AND lower(m.content) LIKE lower($3)
        OFFSET 0
    )
) AS count, count(*) < $2::bigint AS exact
FROM (
    SELECT t.id, coalesce(t.anonymous_traits ->> 'name', '') || E'\n'
        || coalesce(t.anonymous_traits ->> 'email', '') || E'\n' || coalesce(t.email_subject, '') AS text
    FROM tickets t
    WHERE t.project_id = $1 AND t.deleted_at IS NULL /*where*/
    ORDER BY t.updated_at DESC, t.ticket_number DESC LIMIT $2
) AS t

-- name: count_up_to
-- In an order, so that a frequent value is counted along an index until the limit: without one the
-- planner would first gather everything that has it.
SELECT count(*) FROM (
    SELECT 1 FROM tickets t
    WHERE t.project_id = $1 AND t.deleted_at IS NULL /*where*/
    ORDER BY t.updated_at DESC, t.ticket_number DESC LIMIT $2
) AS matching;

-- name: count_walked
-- The same, planned once.
SELECT count(*) FROM (
    SELECT FROM (
        SELECT FROM tickets t
        WHERE t.project_id = $1 AND t.deleted_at IS NULL /*where*/
        ORDER BY t.updated_at DESC, t.ticket_number DESC LIMIT ALL /*most*/
    ) AS walked LIMIT $2
) AS matching;
