-- name: project_of_token
-- scope: global
SELECT id, secret_api_token AS secret, secret_api_token_backup AS backup,
    conversations_settings AS settings
FROM projects WHERE widget_public_token = $1 AND conversations_enabled;

-- name: _opens
-- What was only claimed opens nothing, but for the random ids of browsers: nobody else knows those.
(NOT o.is_claimed OR o.distinct_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')

-- name: distinct_ids
-- All those of the person who has this one.
SELECT o.distinct_id FROM person_distinct_ids d
JOIN person_distinct_ids o ON o.project_id = $1 AND o.person_id = d.person_id
WHERE d.project_id = $1 AND d.distinct_id = $2 AND NOT d.is_claimed AND /*:_opens*/ LIMIT 1000;

-- name: ticket_state
SELECT t.id, t.status, t.unread_customer_count, (
    SELECT m.created_at FROM messages m
    WHERE m.project_id = $1 AND m.ticket_id = $2 AND NOT m.is_private AND m.deleted_at IS NULL
    ORDER BY m.created_at DESC LIMIT 1
) AS last_public_at, t.channel_source, t.distinct_id, t.widget_session_id, t.identity_verified,
    t.email_from
FROM tickets t WHERE t.project_id = $1 AND t.id = $2 AND t.deleted_at IS NULL;

-- name: messages_after
-- Public ones only, by name: nothing private is ever one condition away from a customer.
SELECT m.id, m.content, m.rich_content, m.author_type,
    coalesce(nullif(u.first_name, ''), u.email) AS agent_name,
    coalesce(
        nullif(t.anonymous_traits ->> 'name', ''), nullif(t.anonymous_traits ->> 'email', '')
    ) AS customer_name,
    m.created_at, (
        SELECT json_agg(
            json_build_object(
                'id', a.id, 'name', a.name, 'content_type', a.content_type, 'size', a.size
            ) ORDER BY a.id
        )
        FROM attachments a WHERE a.project_id = $1 AND a.message_id = m.id
    ) AS attachments
FROM messages m
JOIN tickets t ON t.project_id = $1 AND t.id = $2
LEFT JOIN users u ON u.id = m.author_user_id
WHERE m.project_id = $1 AND m.ticket_id = $2 AND NOT m.is_private AND m.deleted_at IS NULL
    AND m.created_at > coalesce($3, '-infinity'::timestamptz)
ORDER BY m.created_at, m.id LIMIT $4;

-- name: _mine
-- What `ownership.owns` says, as far as indexes can find it.
SELECT id FROM tickets WHERE project_id = $1 AND deleted_at IS NULL
    AND distinct_id = ANY($2::text[]) AND distinct_id <> ''
UNION
SELECT id FROM tickets WHERE project_id = $1 AND deleted_at IS NULL
    AND widget_session_id = $3 AND widget_session_id <> ''
UNION
SELECT id FROM tickets WHERE project_id = $1 AND deleted_at IS NULL
    AND lower(email_from) = $4 AND $4 <> '' AND email_from IS NOT NULL
    AND channel_source = 'email' AND identity_verified

-- name: ids_of_viewer
SELECT mine.id FROM (/*:_mine*/) AS mine LIMIT $5;

-- name: tickets_of_viewer
SELECT t.id, t.ticket_number, t.status, t.unread_customer_count AS unread_count,
    t.last_message_text AS last_message, t.last_message_at, t.message_count, t.created_at
FROM (/*:_mine*/) AS mine JOIN tickets t ON t.project_id = $1 AND t.id = mine.id
WHERE $5::text IS NULL OR t.status = $5
ORDER BY t.created_at DESC, t.ticket_number DESC LIMIT $6 OFFSET $7;

-- name: count_of_viewer
SELECT count(*) FROM (/*:_mine*/) AS mine JOIN tickets t ON t.project_id = $1 AND t.id = mine.id
WHERE $5::text IS NULL OR t.status = $5;

-- name: add_restore_token
INSERT INTO widget_restore_tokens (project_id, token_hash, email, expires_at)
VALUES ($1, $2, $3, now() + $4::interval);

-- name: locked_restore_token
-- With all others for its address, in one order for everybody: one use will void them.
WITH locked AS MATERIALIZED (
    SELECT token_hash, email, consumed_at, expires_at FROM widget_restore_tokens
    WHERE project_id = $1 AND email = (
        SELECT email FROM widget_restore_tokens WHERE project_id = $1 AND token_hash = $2
    )
    ORDER BY token_hash FOR UPDATE
)
SELECT email, consumed_at IS NOT NULL AS is_used, expires_at <= now() AS is_expired
FROM locked WHERE token_hash = $2;

-- name: consume_restore_tokens
-- One use voids every other open token for the address.
UPDATE widget_restore_tokens SET consumed_at = now()
WHERE project_id = $1 AND email = $2 AND consumed_at IS NULL;

-- name: purge_restore_tokens
-- scope: global
DELETE FROM widget_restore_tokens WHERE expires_at < now() - interval '7 days';

-- name: tickets_of_email
-- A person's address is what events said, so it opens nothing that somebody proved to be theirs,
-- and no ticket that names another address itself.
SELECT t.id FROM tickets t WHERE t.project_id = $1 AND t.deleted_at IS NULL
    AND left(lower(t.anonymous_traits ->> 'email'), 254) = $2 AND t.anonymous_traits ->> 'email' IS NOT NULL
UNION
SELECT t.id FROM persons p
JOIN person_distinct_ids o ON o.project_id = $1 AND o.person_id = p.id AND /*:_opens*/
JOIN tickets t ON t.project_id = $1 AND t.distinct_id = o.distinct_id AND t.distinct_id <> ''
WHERE p.project_id = $1 AND p.email = $2 AND NOT p.email_is_claimed AND t.deleted_at IS NULL
    AND t.identity_verified IS NOT TRUE AND coalesce(t.anonymous_traits ->> 'email', '') = ''
ORDER BY id LIMIT 500;
