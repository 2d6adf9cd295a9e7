-- A message that a client sends again is found by the id it gave it.
CREATE INDEX messages_client_id ON messages (project_id, client_id) WHERE client_id IS NOT NULL;

-- Who lost a browser proves the e-mail address with a link, and goes on in another.
CREATE TABLE widget_restore_tokens (
    project_id bigint NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    -- SHA-256 of the token, which itself stands in the mail only.
    token_hash bytea NOT NULL,
    email text NOT NULL,
    expires_at timestamptz NOT NULL,
    -- Used, or void because another token for the same address was.
    consumed_at timestamptz,
    PRIMARY KEY (project_id, token_hash)
);
CREATE INDEX widget_restore_tokens_email ON widget_restore_tokens (project_id, email);
CREATE INDEX widget_restore_tokens_age ON widget_restore_tokens (expires_at);
-- Cut to what an address may have: traits are longer at will, entries of an index are not.
CREATE INDEX tickets_trait_email ON tickets (project_id, left(lower(anonymous_traits ->> 'email'), 254))
    WHERE deleted_at IS NULL AND anonymous_traits ->> 'email' IS NOT NULL;
