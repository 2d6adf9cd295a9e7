-- name: moving
-- What is unread of a ticket are its latest messages by the other side, as many as it counts.
SELECT said.id, said.is_private,
    said.by_customer AND said.place <= t.unread_team_count AS unread_by_team,
    NOT said.by_customer AND NOT said.is_private AND said.place <= t.unread_customer_count
        AS unread_by_customer
FROM tickets t CROSS JOIN LATERAL (
    SELECT m.id, m.is_private, m.author_type = 'customer' AS by_customer, row_number() OVER (
        PARTITION BY m.is_private, m.author_type = 'customer' ORDER BY m.created_at DESC, m.id DESC
    ) AS place
    FROM messages m
    WHERE m.project_id = $1 AND m.ticket_id = t.id AND m.deleted_at IS NULL
) AS said
WHERE t.project_id = $1 AND t.id = $2 AND said.id = ANY($3::uuid[]);

-- name: move
UPDATE messages SET ticket_id = $3 WHERE project_id = $1 AND id = ANY($2::uuid[]);

-- name: recount
-- What a ticket says of its messages, from those that it has.
UPDATE tickets SET (message_count, last_message_at, last_message_text) = (
        SELECT count(*), max(m.created_at),
            left((array_agg(m.content ORDER BY m.created_at DESC, m.id DESC))[1], 500)
        FROM messages m
        WHERE m.project_id = $1 AND m.ticket_id = $2 AND NOT m.is_private AND m.deleted_at IS NULL
    ),
    unread_team_count = $3, unread_customer_count = $4,
    updated_at = greatest(clock_timestamp(), updated_at + interval '1 us')
WHERE project_id = $1 AND id = $2 RETURNING updated_at;

-- name: remaining
SELECT count(*) FILTER (WHERE NOT is_private) AS messages, count(*) AS entries FROM messages
WHERE project_id = $1 AND ticket_id = $2 AND deleted_at IS NULL;
