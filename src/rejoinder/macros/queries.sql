-- name: _macro
m.id, m.short_id, m.name, m.description, m.content, m.rich_content, m.actions, m.visibility,
m.created_at, m.created_by AS creator_id, u.first_name AS creator_first_name,
u.last_name AS creator_last_name, u.email AS creator_email

-- name: _visible
-- To the caller $2: those of the team and her own.
FROM macros m LEFT JOIN users u ON u.id = m.created_by
WHERE m.project_id = $1 AND (m.visibility = 'team' OR m.created_by = $2::bigint)

-- name: macros
SELECT /*:_macro*/ /*:_visible*/ ORDER BY m.created_at DESC, m.id DESC LIMIT $3 OFFSET $4;

-- name: count_visible
SELECT count(*) /*:_visible*/;

-- name: macro
SELECT /*:_macro*/ /*:_visible*/ AND (m.short_id = $3 OR m.id = $4);

-- name: locked_macro
SELECT /*:_macro*/ /*:_visible*/ AND (m.short_id = $3 OR m.id = $4) FOR UPDATE OF m;

-- name: count_macros
SELECT count(*) FROM macros WHERE project_id = $1;

-- name: add_macro
INSERT INTO macros (
    project_id, id, name, description, content, rich_content, actions, visibility, short_id, created_by
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: change_macro
UPDATE macros SET name = $3, description = $4, content = $5, rich_content = $6, actions = $7,
    visibility = $8
WHERE project_id = $1 AND id = $2;

-- name: remove_macro
DELETE FROM macros WHERE project_id = $1 AND id = $2;
