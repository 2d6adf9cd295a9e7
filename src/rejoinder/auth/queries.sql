-- name: add_user
INSERT INTO users (email, first_name, last_name, password_hash) VALUES ($1, $2, $3, $4)
ON CONFLICT (lower(email)) DO NOTHING
RETURNING id, email, first_name, last_name, is_active, created_at;

-- name: user_by_email
SELECT id, email, first_name, last_name, is_active, created_at FROM users WHERE lower(email) = lower($1);

-- name: users
SELECT id, email, first_name, last_name, is_active, created_at FROM users WHERE id = ANY($1::bigint[]);

-- name: add_key
INSERT INTO personal_api_keys (id, user_id, label, key_hash, tail, scopes, project_ids)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: _key
id, label, tail, scopes, project_ids AS scoped_projects, created_at, last_used_at

-- name: keys
SELECT /*:_key*/ FROM personal_api_keys WHERE user_id = $1 AND revoked_at IS NULL
ORDER BY created_at DESC, id;

-- name: locked_key
SELECT /*:_key*/ FROM personal_api_keys WHERE user_id = $1 AND id = $2 AND revoked_at IS NULL
FOR UPDATE;

-- name: change_key
UPDATE personal_api_keys SET label = $2, scopes = $3, project_ids = $4 WHERE id = $1;

-- name: revoke_key
UPDATE personal_api_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING user_id;

-- name: revoke_keys
UPDATE personal_api_keys SET revoked_at = now() WHERE user_id = $1 AND revoked_at IS NULL RETURNING id;

-- name: _reach
-- Every project the user can see, with their level there.
coalesce(array_agg(p.id ORDER BY p.id) FILTER (WHERE p.id IS NOT NULL), '{}') AS project_ids,
coalesce(array_agg(m.level ORDER BY p.id) FILTER (WHERE p.id IS NOT NULL), '{}') AS levels

-- name: _projects_of_user
LEFT JOIN memberships m ON m.user_id = u.id
LEFT JOIN projects p ON p.organization_id = m.organization_id

-- name: grant_of_key
SELECT k.id AS credential_id, k.user_id, u.email, k.scopes, k.project_ids AS limited_to,
    /*:_reach*/, k.last_used_at AS used_at
FROM personal_api_keys k
JOIN users u ON u.id = k.user_id AND u.is_active
/*:_projects_of_user*/
WHERE k.key_hash = $1 AND k.revoked_at IS NULL
GROUP BY k.id, u.id;

-- name: _end
-- Sessions that were begun under longer settings end by the present ones.
least(s.expires_at, s.last_seen_at + $2::interval, s.created_at + $3::interval)

-- name: grant_of_session
SELECT s.id AS credential_id, s.user_id, u.email, '{*}'::text[] AS scopes,
    '{}'::bigint[] AS limited_to, /*:_reach*/, s.last_seen_at AS used_at,
    /*:_end*/ AS expires_at,
    s.created_at + $3::interval AS ends_at
FROM sessions s
JOIN users u ON u.id = s.user_id AND u.is_active
/*:_projects_of_user*/
WHERE s.token_hash = $1
    AND /*:_end*/ > now()
GROUP BY s.id, u.id;

-- name: touch_key
UPDATE personal_api_keys SET last_used_at = now()
WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '59 minutes');

-- name: touch_session
WITH seen AS (
    UPDATE sessions
    SET last_seen_at = now(),
        expires_at = least(now() + $2::interval, created_at + $3::interval)
    WHERE id = $1 AND last_seen_at < now() - interval '4 minutes'
    RETURNING user_id
)
UPDATE users u SET last_seen_at = now() FROM seen WHERE u.id = seen.user_id;

-- name: account_by_email
SELECT id AS user_id, password_hash FROM users WHERE lower(email) = lower($1) AND is_active;

-- name: account
SELECT id AS user_id, password_hash FROM users WHERE id = $1;

-- name: add_session
WITH seen AS (UPDATE users SET last_seen_at = now() WHERE id = $2)
INSERT INTO sessions (id, user_id, token_hash, expires_at, address, user_agent)
VALUES ($1, $2, $3, now() + least($6::interval, $7::interval), $4, $5);

-- name: end_session
DELETE FROM sessions WHERE id = $1 AND user_id = $2 RETURNING id;

-- name: end_sessions
-- All of the user's but one, or all.
DELETE FROM sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2 RETURNING id;

-- name: purge_sessions
DELETE FROM sessions WHERE expires_at < now();

-- name: set_password
UPDATE users SET password_hash = $2 WHERE id = $1;

-- name: set_active
UPDATE users SET is_active = $2 WHERE id = $1 AND is_active <> $2;

-- name: add_reset
INSERT INTO password_resets (token_hash, user_id, expires_at) VALUES ($1, $2, now() + interval '1 hour');

-- name: user_of_reset
SELECT r.user_id FROM password_resets r JOIN users u ON u.id = r.user_id AND u.is_active
WHERE r.token_hash = $1 AND r.expires_at > now();

-- name: take_reset
DELETE FROM password_resets WHERE token_hash = $1 AND expires_at > now() RETURNING user_id;

-- name: clear_resets
DELETE FROM password_resets WHERE user_id = $1;

-- name: purge_resets
DELETE FROM password_resets WHERE expires_at < now();

-- name: sessions
SELECT id, created_at, last_seen_at, address, user_agent FROM sessions s
WHERE user_id = $1
    AND /*:_end*/ > now()
ORDER BY last_seen_at DESC, id;

-- name: locked_profile
SELECT id, email, first_name, last_name, preferences FROM users WHERE id = $1 FOR UPDATE;

-- name: set_names
UPDATE users SET first_name = $2, last_name = $3 WHERE id = $1;

-- name: merge_preferences
-- The row is locked. No row when they would grow beyond ten kilobytes.
WITH merged AS (
    SELECT coalesce(jsonb_object_agg(e.key, e.value), '{}') AS preferences
    FROM users u, jsonb_each(u.preferences || $2::jsonb) e
    WHERE u.id = $1 AND e.value <> 'null'::jsonb
)
UPDATE users SET preferences = merged.preferences FROM merged
WHERE users.id = $1 AND octet_length(merged.preferences::text) <= 10000
RETURNING true;

-- name: profile
SELECT id, email, first_name, last_name, preferences FROM users WHERE id = $1;

-- name: places
-- The user's organizations, and what there is in each.
SELECT o.id, o.name, m.level,
    coalesce(array_agg(p.id ORDER BY p.id) FILTER (WHERE p.id IS NOT NULL), '{}') AS project_ids,
    coalesce(array_agg(p.name ORDER BY p.id) FILTER (WHERE p.id IS NOT NULL), '{}') AS project_names
FROM memberships m
JOIN organizations o ON o.id = m.organization_id
LEFT JOIN projects p ON p.organization_id = o.id
WHERE m.user_id = $1
GROUP BY o.id, m.level
ORDER BY o.name, o.id;
