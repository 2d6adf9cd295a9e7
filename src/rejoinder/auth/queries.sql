-- name: add_user
INSERT INTO users (email, first_name, last_name, password_hash) VALUES ($1, $2, $3, $4)
ON CONFLICT (lower(email)) DO NOTHING
RETURNING id, email, first_name, last_name, is_active, created_at;

-- name: user_by_email
SELECT id, email, first_name, last_name, is_active, created_at FROM users WHERE lower(email) = lower($1);

-- name: users
SELECT id, email, first_name, last_name, is_active, created_at FROM users WHERE id = ANY($1::bigint[]);

-- name: add_key
INSERT INTO personal_api_keys (id, user_id, label, key_hash, scopes, project_ids)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: revoke_key
UPDATE personal_api_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING user_id;

-- name: grant_of_key
-- The key, its user, and every project the user can see with their level there.
SELECT k.id AS key_id, k.user_id, u.email, k.scopes, k.project_ids AS limited_to,
    coalesce(array_agg(p.id ORDER BY p.id) FILTER (WHERE p.id IS NOT NULL), '{}') AS project_ids,
    coalesce(array_agg(m.level ORDER BY p.id) FILTER (WHERE p.id IS NOT NULL), '{}') AS levels
FROM personal_api_keys k
JOIN users u ON u.id = k.user_id AND u.is_active
LEFT JOIN memberships m ON m.user_id = u.id
LEFT JOIN projects p ON p.organization_id = m.organization_id
WHERE k.key_hash = $1 AND k.revoked_at IS NULL
GROUP BY k.id, u.id;
