-- What the inbox needs to let teammates in: sessions, forgotten passwords, invites.
ALTER TABLE users ADD COLUMN preferences jsonb NOT NULL DEFAULT '{}';
ALTER TABLE users ADD COLUMN last_seen_at timestamptz;

-- A browser that is signed in. Of its token only the SHA-256 is kept.
CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- Written every few minutes at most, and the end with it.
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    address text NOT NULL DEFAULT '',
    user_agent text NOT NULL DEFAULT ''
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_age ON sessions (expires_at);

-- Deleted when one of them is used: there is never a spent one to compare with.
CREATE TABLE password_resets (
    token_hash bytea PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);
CREATE INDEX password_resets_user ON password_resets (user_id);
CREATE INDEX password_resets_age ON password_resets (expires_at);

CREATE TABLE invites (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    email text NOT NULL,
    level text NOT NULL CHECK (level IN ('owner', 'admin', 'agent', 'viewer')),
    created_by bigint REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX invites_email ON invites (organization_id, lower(email));
CREATE INDEX invites_age ON invites (expires_at);

-- One that the inviter was shown, another that was mailed: what is in a mail was never stored.
CREATE TABLE invite_tokens (
    token_hash bytea PRIMARY KEY,
    invite_id uuid NOT NULL REFERENCES invites (id) ON DELETE CASCADE
);
CREATE INDEX invite_tokens_invite ON invite_tokens (invite_id);

-- Whether a role can go: tickets keep it, deleted ones too.
CREATE INDEX tickets_role ON tickets (assignee_role_id) WHERE assignee_role_id IS NOT NULL;

-- The last four characters, to tell keys apart; those from before have none.
ALTER TABLE personal_api_keys ADD COLUMN tail text NOT NULL DEFAULT '';
ALTER TABLE personal_api_keys ADD COLUMN last_used_at timestamptz;
