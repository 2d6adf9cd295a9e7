-- name: outgoing
-- The public message of an event, on a ticket of this channel, unless it was mailed already.
SELECT m.id AS message_id, m.content, m.rich_content, m.author_type,
    u.first_name AS author_first_name, u.last_name AS author_last_name, m.author_name,
    t.ticket_number, t.email_from AS to, t.cc_participants AS cc, t.email_subject AS subject,
    EXISTS (
        SELECT FROM messages o
        WHERE o.project_id = $1 AND o.ticket_id = t.id AND o.created_at < m.created_at
            AND NOT o.is_private AND o.deleted_at IS NULL
    ) AS is_answer, ARRAY(
        SELECT s.header_id FROM messages o
        JOIN sent_mails s ON s.project_id = $1 AND s.message_id = o.id
        WHERE o.project_id = $1 AND o.ticket_id = t.id AND o.created_at < m.created_at
        ORDER BY o.created_at DESC LIMIT $3
    ) AS earlier, (
        SELECT json_agg(
            json_build_object(
                'id', a.id, 'name', a.name, 'content_type', a.content_type, 'size', a.size,
                'object_key', a.object_key
            ) ORDER BY a.id
        )
        FROM attachments a WHERE a.project_id = $1 AND a.message_id = m.id
    ) AS enclosures
FROM events e
JOIN messages m ON m.project_id = $1 AND m.id = (e.payload ->> 'message_id')::uuid
    AND NOT m.is_private AND m.deleted_at IS NULL
JOIN tickets t ON t.project_id = $1 AND t.id = m.ticket_id AND t.deleted_at IS NULL
    AND t.channel_source = 'email' AND t.email_from IS NOT NULL
LEFT JOIN users u ON u.id = m.author_user_id
WHERE e.project_id = $1 AND e.id = $2
    AND NOT EXISTS (SELECT FROM sent_mails s WHERE s.project_id = $1 AND s.message_id = m.id);

-- name: add_sent
INSERT INTO sent_mails (project_id, message_id, header_id) VALUES ($1, $2, $3)
ON CONFLICT (project_id, message_id) DO NOTHING;

-- name: composed_before
-- The ticket that the same composition made, if that is less than two minutes ago.
SELECT t.id, t.ticket_number, false AS is_new FROM messages m
JOIN tickets t ON t.project_id = $1 AND t.id = m.ticket_id AND t.deleted_at IS NULL
WHERE m.project_id = $1 AND m.client_id = $2
    AND m.created_at > clock_timestamp() - interval '120 s' AND m.deleted_at IS NULL
ORDER BY m.created_at DESC LIMIT 1;
