-- name: facts
-- Of the message only what is public: a note is nothing that is captured.
SELECT
    e.id, e.type, e.payload, e.at, e.actor_kind, e.actor_id, u.email AS actor_email, p.api_token,
    t.id AS ticket_id, t.ticket_number, t.channel_source, t.channel_detail, t.status, t.priority,
    t.distinct_id, nullif(t.anonymous_traits ->> 'name', '') AS customer_name,
    coalesce(nullif(t.anonymous_traits ->> 'email', ''), t.email_from) AS customer_email,
    t.sla_due_at, m.id AS message_id, m.content, m.author_type, m.created_at AS message_at
FROM events e
JOIN projects p ON p.id = e.project_id
JOIN tickets t ON t.project_id = e.project_id AND t.id = e.ticket_id
LEFT JOIN users u ON e.actor_kind = 'user' AND u.id::text = e.actor_id
LEFT JOIN messages m ON m.project_id = e.project_id AND NOT m.is_private AND m.deleted_at IS NULL
    AND m.id = CASE WHEN e.type LIKE 'message.%' THEN (e.payload ->> 'message_id')::uuid END
WHERE e.project_id = $1 AND e.id = $2;
