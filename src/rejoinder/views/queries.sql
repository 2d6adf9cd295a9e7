-- name: _view
v.id, v.short_id, v.name, v.filters, v.created_at,
CASE WHEN m.user_id IS NULL THEN 'shared' ELSE v.visibility END AS visibility,
v.created_by AS creator_id, u.first_name AS creator_first_name, u.last_name AS creator_last_name,
u.email AS creator_email, f.user_id IS NOT NULL AS is_favorited

-- name: _visible
-- To the caller $2: those of the team, her own, and those whose creator has left.
FROM ticket_views v
JOIN projects p ON p.id = v.project_id
LEFT JOIN users u ON u.id = v.created_by
LEFT JOIN memberships m ON m.organization_id = p.organization_id AND m.user_id = v.created_by
LEFT JOIN ticket_view_favorites f
    ON f.project_id = $1 AND f.view_id = v.id AND f.user_id = $2::bigint
WHERE v.project_id = $1
    AND (v.visibility = 'shared' OR v.created_by = $2 OR m.user_id IS NULL)

-- name: views
SELECT /*:_view*/ /*:_visible*/
ORDER BY is_favorited DESC, v.created_at DESC, v.id DESC LIMIT $3 OFFSET $4;

-- name: count_visible
SELECT count(*) /*:_visible*/;

-- name: view
SELECT /*:_view*/ /*:_visible*/ AND (v.short_id = $3 OR v.id = $4);

-- name: locked_view
SELECT /*:_view*/ /*:_visible*/ AND (v.short_id = $3 OR v.id = $4) FOR UPDATE OF v;

-- name: count_views
SELECT count(*) FROM ticket_views WHERE project_id = $1;

-- name: add_view
INSERT INTO ticket_views (project_id, id, short_id, name, filters, visibility, created_by)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: change_view
UPDATE ticket_views SET name = $3, filters = $4, visibility = $5
WHERE project_id = $1 AND id = $2;

-- name: remove_view
DELETE FROM ticket_views WHERE project_id = $1 AND id = $2;

-- name: add_favorite
INSERT INTO ticket_view_favorites (project_id, view_id, user_id) VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING;

-- name: remove_favorite
DELETE FROM ticket_view_favorites WHERE project_id = $1 AND view_id = $2 AND user_id = $3;
