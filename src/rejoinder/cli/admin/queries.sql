-- name: organizations
SELECT id, name, created_at FROM organizations ORDER BY created_at, id;

-- name: projects
SELECT id, name, organization_id, conversations_enabled, created_at FROM projects ORDER BY id;

-- name: users
-- Once for each organization they belong to.
SELECT u.id, u.email, u.is_active, m.organization_id, m.level, u.created_at
FROM users u LEFT JOIN memberships m ON m.user_id = u.id
ORDER BY u.id, m.organization_id;

-- name: roles
SELECT r.id, r.name, r.organization_id,
    coalesce(array_agg(u.email ORDER BY u.email) FILTER (WHERE u.id IS NOT NULL), '{}') AS members
FROM roles r
LEFT JOIN role_members m ON m.role_id = r.id
LEFT JOIN users u ON u.id = m.user_id
GROUP BY r.id ORDER BY r.organization_id, lower(r.name);

-- name: keys
SELECT k.id, u.email AS user, k.label, k.scopes, k.project_ids, k.created_at, k.revoked_at
FROM personal_api_keys k JOIN users u ON u.id = k.user_id
ORDER BY k.created_at, k.id;
