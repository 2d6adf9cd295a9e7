-- name: _shown
SELECT r.id, r.organization_id, r.name, r.created_at,
    coalesce(array_agg(rm.user_id ORDER BY rm.user_id) FILTER (WHERE rm.user_id IS NOT NULL), '{}')
        AS members
FROM roles r LEFT JOIN role_members rm ON rm.role_id = r.id

-- name: roles
/*:_shown*/ WHERE r.organization_id = $1 GROUP BY r.id ORDER BY lower(r.name), r.id;

-- name: role
/*:_shown*/ WHERE r.organization_id = $1 AND r.id = $2 GROUP BY r.id;

-- name: rename_role
-- No row when the organization has another role of this name.
UPDATE roles SET name = $2
WHERE id = $1 AND NOT EXISTS (
    SELECT 1 FROM roles o
    WHERE o.organization_id = roles.organization_id AND lower(o.name) = lower($2) AND o.id <> $1
)
RETURNING true;

-- name: delete_role
DELETE FROM roles WHERE id = $1;

-- name: remove_role_member
DELETE FROM role_members WHERE role_id = $1 AND user_id = $2;

-- name: tickets_of_role
-- Deleted ones, too, in all projects of the organization: any of them keeps the role.
SELECT count(*) FROM tickets t JOIN projects p ON p.id = t.project_id
WHERE p.organization_id = $1 AND t.assignee_role_id = $2;

-- name: projects_of_role
-- Where tickets are assigned to it.
SELECT DISTINCT t.project_id FROM tickets t WHERE t.assignee_role_id = $1;
