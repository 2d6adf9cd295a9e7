-- name: draft
SELECT content, rich_content, is_private, updated_at FROM drafts
WHERE project_id = $1 AND ticket_id = $2 AND user_id = $3;

-- name: of_user
-- As far as their tickets are there; of each no more than its beginning.
SELECT d.ticket_id, t.ticket_number, d.is_private, left(d.content, 200) AS content, d.updated_at
FROM drafts d JOIN tickets t ON t.project_id = $1 AND t.id = d.ticket_id AND t.deleted_at IS NULL
WHERE d.project_id = $1 AND d.user_id = $2
ORDER BY d.updated_at DESC LIMIT $3;

-- name: keep
INSERT INTO drafts (project_id, ticket_id, user_id, content, rich_content, is_private)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (project_id, ticket_id, user_id) DO UPDATE SET content = excluded.content,
    rich_content = excluded.rich_content, is_private = excluded.is_private, updated_at = now()
RETURNING content, rich_content, is_private, updated_at;

-- name: remove
DELETE FROM drafts WHERE project_id = $1 AND ticket_id = $2 AND user_id = $3;

-- name: purge
-- scope: global
DELETE FROM drafts WHERE updated_at < now() - $1::interval;
