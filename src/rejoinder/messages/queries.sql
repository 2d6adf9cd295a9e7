-- name: add_message
-- The ticket's row is locked: no two of its messages have one time, and none becomes visible
-- behind one that a reader has already seen.
INSERT INTO messages (
    project_id, id, ticket_id, author_type, author_user_id, content, is_private, created_at
)
SELECT $1, $2, $3, $4, $5, $6, $7, greatest(
    clock_timestamp(),
    (SELECT max(created_at) FROM messages WHERE project_id = $1 AND ticket_id = $3)
        + interval '1 us'
)
RETURNING id, created_at;
