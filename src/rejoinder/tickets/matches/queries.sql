-- name: matches
-- What a ticket is called comes before what was said in it, and what was said last before the rest.
-- lower() on both sides is how the search compares; positions are of the text as it is written.
SELECT t.id AS ticket_id, found.message_id, found.field,
    substr(found.text, greatest(strpos(lower(found.text), lower($3)) - 60, 1), 160) AS text
FROM tickets t CROSS JOIN LATERAL (
    SELECT NULL::uuid AS message_id, named.field, named.text, named.place
    FROM (VALUES
        ('name', t.anonymous_traits ->> 'name', 1), ('email', t.anonymous_traits ->> 'email', 2),
        ('email_subject', t.email_subject, 3)
    ) AS named (field, text, place)
    WHERE strpos(lower(named.text), lower($3)) > 0
    UNION ALL (
        SELECT m.id, 'message', m.content, 4 FROM messages m
        WHERE m.project_id = $1 AND m.ticket_id = t.id AND m.deleted_at IS NULL
            AND strpos(lower(m.content), lower($3)) > 0
        ORDER BY m.created_at DESC, m.id DESC LIMIT 1
    )
    ORDER BY place LIMIT 1
) AS found
WHERE t.project_id = $1 AND t.id = ANY($2::uuid[]);
