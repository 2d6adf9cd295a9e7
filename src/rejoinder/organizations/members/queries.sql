-- name: level
SELECT m.level FROM memberships m JOIN users u ON u.id = m.user_id AND u.is_active
WHERE m.organization_id = $1 AND m.user_id = $2;

-- name: lock_organization
-- Whoever changes members waits here, so that two cannot unmake the last two owners.
SELECT true FROM organizations WHERE id = $1 FOR UPDATE;

-- name: count_owners
SELECT count(*) FROM memberships m JOIN users u ON u.id = m.user_id AND u.is_active
WHERE m.organization_id = $1 AND m.level = 'owner';

-- name: lock_organizations_of
SELECT o.id AS organization_id, m.level FROM memberships m
JOIN organizations o ON o.id = m.organization_id
WHERE m.user_id = $1 ORDER BY o.id FOR UPDATE OF o;

-- name: members
SELECT u.id AS user_id, u.email, u.first_name, u.last_name, m.level, m.created_at AS joined_at,
    u.last_seen_at
FROM memberships m JOIN users u ON u.id = m.user_id AND u.is_active
WHERE m.organization_id = $1
ORDER BY m.created_at, u.id;

-- name: member
SELECT u.id AS user_id, u.email, u.first_name, u.last_name, m.level, m.created_at AS joined_at,
    u.last_seen_at
FROM memberships m JOIN users u ON u.id = m.user_id AND u.is_active
WHERE m.organization_id = $1 AND m.user_id = $2;

-- name: set_level
UPDATE memberships SET level = $3 WHERE organization_id = $1 AND user_id = $2;

-- name: remove_member
-- With the member's roles there.
WITH left_roles AS (
    DELETE FROM role_members rm USING roles r
    WHERE r.id = rm.role_id AND r.organization_id = $1 AND rm.user_id = $2
)
DELETE FROM memberships WHERE organization_id = $1 AND user_id = $2;

-- name: teammates
SELECT u.id, u.email, u.first_name, u.last_name, m.level
FROM projects p
JOIN memberships m ON m.organization_id = p.organization_id
JOIN users u ON u.id = m.user_id AND u.is_active
WHERE p.id = $1
ORDER BY lower(u.first_name || ' ' || u.last_name), u.id;

-- name: team_roles
SELECT r.id, r.name,
    coalesce(array_agg(rm.user_id ORDER BY rm.user_id) FILTER (WHERE rm.user_id IS NOT NULL), '{}')
        AS members
FROM projects p
JOIN roles r ON r.organization_id = p.organization_id
LEFT JOIN role_members rm ON rm.role_id = r.id
WHERE p.id = $1
GROUP BY r.id
ORDER BY lower(r.name), r.id;
