-- name: _invite
id, organization_id, email, level, created_by, created_at, expires_at

-- name: add_invite
-- Again for the same address: the old links are no good any more (`clear_tokens`).
INSERT INTO invites (id, organization_id, email, level, created_by, expires_at)
VALUES ($1, $2, $3, $4, $5, now() + interval '7 days')
ON CONFLICT (organization_id, lower(email)) DO UPDATE SET
    level = excluded.level, created_by = excluded.created_by, created_at = now(),
    expires_at = excluded.expires_at
RETURNING /*:_invite*/;

-- name: clear_tokens
DELETE FROM invite_tokens WHERE invite_id = $1;

-- name: add_token
-- No row when there is no such invite any more.
INSERT INTO invite_tokens (token_hash, invite_id)
SELECT $1, id FROM invites WHERE id = $2 AND expires_at > now()
RETURNING invite_id;

-- name: invites
SELECT /*:_invite*/ FROM invites WHERE organization_id = $1 AND expires_at > now()
ORDER BY created_at, id;

-- name: delete_invite
DELETE FROM invites WHERE organization_id = $1 AND id = $2 RETURNING id;

-- name: delete_invites_of
DELETE FROM invites WHERE organization_id = $1 AND created_by = $2
RETURNING /*:_invite*/;

-- name: _invitation
SELECT i.id, i.organization_id, o.name AS organization_name, i.email, i.level,
    coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.email, '') AS inviter
FROM invites i
JOIN organizations o ON o.id = i.organization_id
LEFT JOIN users u ON u.id = i.created_by

-- name: invitation_by_token
/*:_invitation*/ JOIN invite_tokens t ON t.invite_id = i.id
WHERE t.token_hash = $1 AND i.expires_at > now();

-- name: invitation
/*:_invitation*/ WHERE i.id = $1 AND i.expires_at > now();

-- name: has_member
-- Whether somebody with this address belongs to the organization already.
SELECT true FROM memberships m JOIN users u ON u.id = m.user_id
WHERE m.organization_id = $1 AND lower(u.email) = lower($2);

-- name: purge_invites
DELETE FROM invites WHERE expires_at < now();
