-- name: facts
-- Of a message that is gone, or of a ticket, nobody is told.
SELECT e.id AS event_id, e.type, e.payload, e.actor_kind, e.actor_id, left(
        CASE
            WHEN e.type = 'message.received' THEN coalesce(
                nullif(t.anonymous_traits ->> 'name', ''),
                nullif(t.anonymous_traits ->> 'email', ''), t.email_from, ''
            )
            ELSE coalesce(nullif(trim(concat_ws(' ', u.first_name, u.last_name)), ''), u.email, '')
        END, 200
    ) AS actor_name,
    t.id AS ticket_id, t.assignee_user_id, m.id AS message_id,
    CASE WHEN m.is_private THEN m.rich_content END AS rich_content
FROM events e
JOIN tickets t ON t.project_id = e.project_id AND t.id = e.ticket_id AND t.deleted_at IS NULL
LEFT JOIN users u ON e.actor_kind = 'user' AND u.id::text = e.actor_id
LEFT JOIN messages m ON m.project_id = e.project_id AND m.deleted_at IS NULL
    AND m.id = (e.payload ->> 'message_id')::uuid
WHERE e.project_id = $1 AND e.id = $2 AND (m.id IS NOT NULL OR e.payload ->> 'message_id' IS NULL);

-- name: add
-- For members of the project's organization alone, and once for each of them.
INSERT INTO notifications AS n (
    project_id, id, user_id, kind, ticket_id, message_id, event_id, actor_name
)
SELECT $1, new.id, new.user_id, $4, $5, $6, $7, $8
FROM unnest($2::uuid[], $3::bigint[]) AS new (id, user_id)
JOIN users u ON u.id = new.user_id AND u.is_active
JOIN projects p ON p.id = $1
JOIN memberships m ON m.organization_id = p.organization_id AND m.user_id = u.id
ON CONFLICT DO NOTHING
RETURNING n.id, n.user_id;

-- name: add_reply
-- While one is unread it stands for every later message of its ticket, too.
INSERT INTO notifications AS n (
    project_id, id, user_id, kind, ticket_id, message_id, event_id, actor_name
)
SELECT $1, $2, u.id, 'reply', $4, $5, $6, $7
FROM users u
JOIN projects p ON p.id = $1
JOIN memberships m ON m.organization_id = p.organization_id AND m.user_id = u.id
WHERE u.id = $3 AND u.is_active AND NOT EXISTS (
    SELECT 1 FROM notifications later
    WHERE later.project_id = $1 AND later.ticket_id = $4 AND later.user_id = $3
        AND later.kind = 'reply' AND later.event_id >= $6
)
ON CONFLICT (project_id, user_id, ticket_id) WHERE kind = 'reply' AND read_at IS NULL DO UPDATE
SET message_id = excluded.message_id, event_id = excluded.event_id,
    actor_name = excluded.actor_name, created_at = excluded.created_at
RETURNING n.id, n.user_id;

-- name: page
SELECT n.id, n.kind, n.ticket_id, t.ticket_number, n.message_id, left(
        CASE
            WHEN n.message_id IS NOT NULL THEN coalesce(m.content, '')
            ELSE coalesce(nullif(t.email_subject, ''), t.last_message_text, '')
        END, 160
    ) AS text,
    n.actor_name, n.created_at, n.read_at
FROM notifications n
JOIN tickets t ON t.project_id = n.project_id AND t.id = n.ticket_id AND t.deleted_at IS NULL
LEFT JOIN messages m ON m.project_id = n.project_id AND m.id = n.message_id
    AND m.deleted_at IS NULL
WHERE n.project_id = $1 AND n.user_id = $2 /*where*/
ORDER BY n.created_at DESC, n.id DESC LIMIT $3;

-- name: unread
SELECT count(*) FROM (
    SELECT 1 FROM notifications n
    JOIN tickets t ON t.project_id = n.project_id AND t.id = n.ticket_id AND t.deleted_at IS NULL
    WHERE n.project_id = $1 AND n.user_id = $2 AND n.read_at IS NULL LIMIT $3
) AS counted;

-- name: mark_read
-- In one order for all, so that two of them do not wait for each other.
WITH wanted AS (
    SELECT id FROM notifications
    WHERE project_id = $1 AND user_id = $2 AND read_at IS NULL
        AND ($3::uuid[] IS NULL OR id = ANY($3)) AND ($4::uuid IS NULL OR ticket_id = $4)
    ORDER BY id FOR UPDATE
)
UPDATE notifications n SET read_at = clock_timestamp() FROM wanted
WHERE n.project_id = $1 AND n.id = wanted.id;

-- name: unmailed
SELECT n.kind, u.email, u.preferences, n.project_id, p.name AS project_name, t.ticket_number,
    n.actor_name, left(
        CASE
            WHEN n.message_id IS NOT NULL THEN coalesce(m.content, '')
            ELSE coalesce(nullif(t.email_subject, ''), t.last_message_text, '')
        END, 500
    ) AS text
FROM notifications n
JOIN projects p ON p.id = n.project_id
JOIN users u ON u.id = n.user_id AND u.is_active
JOIN memberships o ON o.organization_id = p.organization_id AND o.user_id = u.id
JOIN tickets t ON t.project_id = n.project_id AND t.id = n.ticket_id AND t.deleted_at IS NULL
LEFT JOIN messages m ON m.project_id = n.project_id AND m.id = n.message_id
    AND m.deleted_at IS NULL
WHERE n.project_id = $1 AND n.id = $2 AND n.read_at IS NULL
    AND (n.message_id IS NULL OR m.id IS NOT NULL);

-- name: purge
-- scope: global
DELETE FROM notifications WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM notifications WHERE created_at < now() - $1::interval LIMIT $2
));

-- name: disabled
SELECT p.id AS project_id, p.name AS project_name, w.url, e.payload ->> 'reason' AS reason
FROM events e
JOIN projects p ON p.id = e.project_id
JOIN webhooks w ON w.project_id = e.project_id AND w.id = (e.payload ->> 'webhook_id')::uuid
WHERE e.project_id = $1 AND e.id = $2 AND NOT w.enabled;

-- name: administrators
SELECT u.email FROM projects p
JOIN memberships m ON m.organization_id = p.organization_id AND m.level IN ('owner', 'admin')
JOIN users u ON u.id = m.user_id AND u.is_active
WHERE p.id = $1 ORDER BY u.id;

-- name: members_emails
SELECT u.email FROM projects p
JOIN memberships m ON m.organization_id = p.organization_id
JOIN users u ON u.id = m.user_id AND u.is_active
WHERE p.id = $1 AND u.id = ANY($2::bigint[]) ORDER BY u.id;

-- name: wanting
SELECT e.actor_kind, p.conversations_settings AS settings FROM events e
JOIN projects p ON p.id = e.project_id
WHERE e.project_id = $1 AND e.id = $2;

-- name: lock_recipient
SELECT pg_advisory_xact_lock(hashtextextended($1::text || ' ' || $2, 13));

-- name: add_notice
-- Taken at once, to be mailed by itself, unless the last minute has had $4 mails already.
INSERT INTO ticket_notices (project_id, recipient, ticket_id, taken_at)
SELECT $1, $2, $3, CASE WHEN (
    SELECT count(DISTINCT taken_at) FROM ticket_notices
    WHERE project_id = $1 AND recipient = $2 AND taken_at > now() - interval '1 minute'
) < $4 THEN clock_timestamp() END
ON CONFLICT DO NOTHING
RETURNING taken_at IS NOT NULL;

-- name: waiting
-- Whom something is held back for, or was about to be sent to by somebody who did not return.
-- scope: global
SELECT DISTINCT project_id, recipient AS address FROM ticket_notices
WHERE mailed_at IS NULL AND (taken_at IS NULL OR taken_at < now() - interval '2 minutes')
LIMIT $1;

-- name: take_waiting
UPDATE ticket_notices SET taken_at = now()
WHERE project_id = $1 AND recipient = $2 AND mailed_at IS NULL
    AND (taken_at IS NULL OR taken_at < now() - interval '2 minutes')
RETURNING ticket_id;

-- name: mailed
UPDATE ticket_notices SET mailed_at = now()
WHERE project_id = $1 AND recipient = $2 AND ticket_id = ANY($3::uuid[]);

-- name: new_tickets
-- Those that are still there, the oldest first, with the first thing that was said.
SELECT t.id AS ticket_id, t.project_id, p.name AS project_name, t.ticket_number, left(coalesce(
        nullif(t.anonymous_traits ->> 'name', ''), nullif(t.anonymous_traits ->> 'email', ''),
        t.email_from, ''
    ), 200) AS customer,
    coalesce(left(first.content, 500), '') AS text
FROM tickets t
JOIN projects p ON p.id = t.project_id
LEFT JOIN LATERAL (
    SELECT m.content FROM messages m
    WHERE m.project_id = t.project_id AND m.ticket_id = t.id AND NOT m.is_private
        AND m.deleted_at IS NULL
    ORDER BY m.created_at, m.id LIMIT 1
) AS first ON true
WHERE t.project_id = $1 AND t.id = ANY($2::uuid[]) AND t.deleted_at IS NULL
ORDER BY t.ticket_number;

-- name: purge_notices
-- scope: global
DELETE FROM ticket_notices WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM ticket_notices WHERE created_at < now() - $1::interval LIMIT $2
));
