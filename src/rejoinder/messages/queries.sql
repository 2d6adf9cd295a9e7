-- name: _message
m.id, m.ticket_id, m.content, m.rich_content, m.author_type, m.author_user_id,
u.first_name AS author_first_name, u.last_name AS author_last_name, u.email AS author_email,
m.author_name, coalesce(
    nullif(t.anonymous_traits ->> 'name', ''), nullif(t.anonymous_traits ->> 'email', '')
) AS customer_name,
m.is_private, m.version, m.created_at, m.deleted_at, m.source_id, (
    SELECT json_agg(
        json_build_object('id', a.id, 'name', a.name, 'content_type', a.content_type, 'size', a.size)
        ORDER BY a.id
    )
    FROM attachments a WHERE a.project_id = $1 AND a.message_id = m.id
) AS attachments

-- name: _attached
LEFT JOIN users u ON u.id = m.author_user_id
LEFT JOIN tickets t ON t.project_id = $1 AND t.id = m.ticket_id

-- name: add_message
-- The ticket's row is locked: no two of its messages have one time, and none becomes visible
-- behind one that a reader has already seen.
WITH m AS (
    INSERT INTO messages (
        project_id, id, ticket_id, author_type, author_user_id, author_name, content, rich_content,
        is_private, client_id, context, source_id, fingerprint, created_at
    )
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, coalesce($14, greatest(
        clock_timestamp(),
        (SELECT max(created_at) FROM messages WHERE project_id = $1 AND ticket_id = $3)
            + interval '1 us'
    ))
    RETURNING *
)
SELECT /*:_message*/ FROM m /*:_attached*/;

-- name: try_fingerprint
-- False while another transaction is adding the very same message.
SELECT pg_try_advisory_xact_lock($1);

-- name: repeated
-- The message that a draft repeats, if it is younger than two minutes.
SELECT /*:_message*/ FROM messages m /*:_attached*/
WHERE m.project_id = $1 AND m.ticket_id = $2 AND m.fingerprint = $3
    AND m.created_at > clock_timestamp() - interval '120 s' AND m.deleted_at IS NULL
ORDER BY m.created_at DESC LIMIT 1;

-- name: thread
SELECT /*:_message*/ FROM messages m /*:_attached*/
WHERE m.project_id = $1 AND m.ticket_id = $2 AND m.deleted_at IS NULL
ORDER BY m.created_at, m.id LIMIT $3 OFFSET $4;

-- name: count_thread
SELECT count(*) FROM messages
WHERE project_id = $1 AND ticket_id = $2 AND deleted_at IS NULL;

-- name: comments
-- Newest first, before a position if one is given.
SELECT /*:_message*/ FROM messages m /*:_attached*/
WHERE m.project_id = $1 AND m.ticket_id = $2 /*where*/
ORDER BY m.created_at DESC, m.id DESC LIMIT $3;

-- name: said_in
-- The same of several tickets together, each read along its index.
SELECT said.* FROM unnest($2::uuid[]) AS part (id) CROSS JOIN LATERAL (
    SELECT /*:_message*/ FROM messages m /*:_attached*/
    WHERE m.project_id = $1 AND m.ticket_id = part.id /*where*/
    ORDER BY m.created_at DESC, m.id DESC LIMIT $3
) AS said
ORDER BY said.created_at DESC, said.id DESC LIMIT $3;

-- name: count_comments
SELECT count(*) FROM messages m WHERE m.project_id = $1 AND m.ticket_id = $2 /*where*/;

-- name: message
SELECT /*:_message*/ FROM messages m /*:_attached*/
WHERE m.project_id = $1 AND m.id = $2 AND m.deleted_at IS NULL;

-- name: edit_message
UPDATE messages SET content = $3, rich_content = $4, version = version + 1
WHERE project_id = $1 AND id = $2 RETURNING version;

-- name: delete_message
UPDATE messages SET deleted_at = clock_timestamp() WHERE project_id = $1 AND id = $2
RETURNING deleted_at;

-- name: last_public
-- What remains to be shown as the ticket's last message.
SELECT created_at AS at, content AS text FROM messages
WHERE project_id = $1 AND ticket_id = $2 AND NOT is_private AND deleted_at IS NULL
ORDER BY created_at DESC, id DESC LIMIT 1;

-- name: conversation_settings
SELECT conversations_enabled AS enabled, conversations_settings AS settings
FROM projects WHERE id = $1;
