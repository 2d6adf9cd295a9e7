-- Organizations, projects, people, tickets, messages and the event log.
-- project_id leads every key of tenant data, so the schema can be distributed or partitioned by it.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

CREATE TABLE organizations (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL,
    first_name text NOT NULL DEFAULT '',
    last_name text NOT NULL DEFAULT '',
    password_hash text NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_email ON users (lower(email));

CREATE TABLE memberships (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    level text NOT NULL CHECK (level IN ('owner', 'admin', 'agent', 'viewer')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, user_id)
);
CREATE INDEX memberships_user ON memberships (user_id);

CREATE TABLE roles (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX roles_name ON roles (organization_id, lower(name));

CREATE TABLE role_members (
    role_id uuid NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (role_id, user_id)
);
CREATE INDEX role_members_user ON role_members (user_id);

CREATE TABLE personal_api_keys (
    id uuid PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    label text NOT NULL DEFAULT '',
    key_hash bytea NOT NULL UNIQUE,
    scopes text[] NOT NULL,
    -- Empty: every project its user can see.
    project_ids bigint[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz
);
CREATE INDEX personal_api_keys_user ON personal_api_keys (user_id);

CREATE TABLE projects (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations (id),
    name text NOT NULL,
    api_token text NOT NULL UNIQUE,
    widget_public_token text NOT NULL UNIQUE,
    -- Readable, because it is the key of the widget's HMAC identities: a hash could not sign.
    secret_api_token text NOT NULL UNIQUE,
    conversations_enabled boolean NOT NULL DEFAULT true,
    conversations_settings jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX projects_organization ON projects (organization_id);

-- One row a project. Locked last in every transaction but the creation of a ticket,
-- which touches no other row that somebody else could hold.
CREATE TABLE project_counters (
    project_id bigint PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    last_ticket_number bigint NOT NULL DEFAULT 0,
    tickets_new bigint NOT NULL DEFAULT 0,
    tickets_open bigint NOT NULL DEFAULT 0,
    tickets_pending bigint NOT NULL DEFAULT 0,
    tickets_on_hold bigint NOT NULL DEFAULT 0,
    tickets_resolved bigint NOT NULL DEFAULT 0,
    -- The sum of unread_team_count over tickets that are neither resolved nor deleted.
    unread bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 20, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);

CREATE TABLE persons (
    project_id bigint NOT NULL REFERENCES projects (id),
    id uuid NOT NULL,
    -- json, not jsonb: it is handed out as it stands a hundred times for each time it is changed.
    properties json NOT NULL DEFAULT '{}',
    name text NOT NULL DEFAULT '',
    distinct_ids text[] NOT NULL DEFAULT '{}',
    is_identified boolean NOT NULL DEFAULT false,
    email text GENERATED ALWAYS AS (left(lower(properties ->> 'email'), 400)) STORED,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, id)
);
CREATE INDEX persons_email ON persons (project_id, email, created_at, id) WHERE email IS NOT NULL;
CREATE INDEX persons_created ON persons (project_id, created_at DESC, id DESC);

CREATE TABLE person_distinct_ids (
    project_id bigint NOT NULL,
    distinct_id text NOT NULL,
    person_id uuid NOT NULL,
    PRIMARY KEY (project_id, distinct_id),
    FOREIGN KEY (project_id, person_id) REFERENCES persons (project_id, id) ON DELETE CASCADE
);
CREATE INDEX person_distinct_ids_person ON person_distinct_ids (project_id, person_id);

CREATE TABLE tickets (
    project_id bigint NOT NULL REFERENCES projects (id),
    id uuid NOT NULL,
    ticket_number bigint NOT NULL,
    channel_source text NOT NULL DEFAULT 'widget'
        CHECK (channel_source IN ('widget', 'email', 'slack', 'teams', 'github')),
    channel_detail text,
    distinct_id text NOT NULL DEFAULT '',
    widget_session_id text NOT NULL DEFAULT '',
    status text NOT NULL DEFAULT 'new'
        CHECK (status IN ('new', 'open', 'pending', 'on_hold', 'resolved')),
    priority text CHECK (priority IN ('low', 'medium', 'high', 'critical')),
    assignee_user_id bigint REFERENCES users (id),
    assignee_role_id uuid REFERENCES roles (id),
    anonymous_traits jsonb NOT NULL DEFAULT '{}',
    identity_verified boolean,
    ai_resolved boolean NOT NULL DEFAULT false,
    escalation_reason text,
    ai_triage jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    message_count integer NOT NULL DEFAULT 0,
    last_message_at timestamptz,
    last_message_text text,
    unread_team_count integer NOT NULL DEFAULT 0,
    unread_customer_count integer NOT NULL DEFAULT 0,
    session_id text,
    session_context jsonb NOT NULL DEFAULT '{}',
    sla_due_at timestamptz,
    snoozed_until timestamptz,
    email_subject text,
    email_from text,
    email_to text,
    cc_participants text[] NOT NULL DEFAULT '{}',
    tags text[] NOT NULL DEFAULT '{}',
    deleted_at timestamptz,
    deleted_by text,
    PRIMARY KEY (project_id, id),
    UNIQUE (project_id, ticket_number),
    CHECK (num_nonnulls(assignee_user_id, assignee_role_id) <= 1)
) WITH (fillfactor = 85);

-- One index for each order and each filter of the list, so that a page costs the same at any size.
-- Nothing indexes unread_team_count: marking as read stays a heap-only update.
CREATE INDEX tickets_updated ON tickets (project_id, updated_at DESC, ticket_number DESC)
    WHERE deleted_at IS NULL;
CREATE INDEX tickets_created ON tickets (project_id, created_at DESC, ticket_number DESC)
    WHERE deleted_at IS NULL;
CREATE INDEX tickets_status ON tickets (project_id, status, updated_at DESC, ticket_number DESC)
    WHERE deleted_at IS NULL;
CREATE INDEX tickets_channel ON tickets (project_id, channel_source, updated_at DESC, ticket_number DESC)
    WHERE deleted_at IS NULL;
CREATE INDEX tickets_priority ON tickets (project_id, priority, updated_at DESC, ticket_number DESC)
    WHERE deleted_at IS NULL AND priority IS NOT NULL;
CREATE INDEX tickets_assignee_user ON tickets (project_id, assignee_user_id, updated_at DESC, ticket_number DESC)
    WHERE deleted_at IS NULL AND assignee_user_id IS NOT NULL;
CREATE INDEX tickets_assignee_role ON tickets (project_id, assignee_role_id, updated_at DESC, ticket_number DESC)
    WHERE deleted_at IS NULL AND assignee_role_id IS NOT NULL;
CREATE INDEX tickets_sla_asc ON tickets (project_id, sla_due_at ASC NULLS LAST, ticket_number DESC)
    WHERE deleted_at IS NULL;
CREATE INDEX tickets_sla_desc ON tickets (project_id, sla_due_at DESC NULLS LAST, ticket_number DESC)
    WHERE deleted_at IS NULL;
CREATE INDEX tickets_snooze_asc ON tickets (project_id, snoozed_until ASC NULLS LAST, ticket_number DESC)
    WHERE deleted_at IS NULL;
CREATE INDEX tickets_snooze_desc ON tickets (project_id, snoozed_until DESC NULLS LAST, ticket_number DESC)
    WHERE deleted_at IS NULL;
CREATE INDEX tickets_distinct_id ON tickets (project_id, distinct_id, updated_at DESC, ticket_number DESC)
    WHERE deleted_at IS NULL AND distinct_id <> '';
CREATE INDEX tickets_email_from ON tickets (project_id, lower(email_from))
    WHERE deleted_at IS NULL AND email_from IS NOT NULL;
CREATE INDEX tickets_widget_session ON tickets (project_id, widget_session_id, created_at DESC)
    WHERE widget_session_id <> '';
CREATE INDEX tickets_ai_triage ON tickets (project_id, (ai_triage ->> 'result'), updated_at DESC, ticket_number DESC)
    WHERE deleted_at IS NULL AND ai_triage ->> 'result' IS NOT NULL;
CREATE INDEX tickets_tags ON tickets USING gin (project_id, tags) WHERE deleted_at IS NULL;
CREATE INDEX tickets_text ON tickets USING gin (
    project_id,
    (coalesce(anonymous_traits ->> 'name', '') || E'\n' || coalesce(anonymous_traits ->> 'email', '')
        || E'\n' || coalesce(email_subject, '')) gin_trgm_ops
) WHERE deleted_at IS NULL;
CREATE INDEX tickets_wake ON tickets (snoozed_until) WHERE snoozed_until IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX tickets_deleted ON tickets (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE messages (
    project_id bigint NOT NULL,
    id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    author_type text NOT NULL CHECK (author_type IN ('customer', 'support', 'human', 'AI')),
    author_user_id bigint REFERENCES users (id),
    author_name text,
    content text NOT NULL,
    rich_content jsonb,
    is_private boolean NOT NULL,
    version integer NOT NULL DEFAULT 0,
    client_id text,
    context jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    deleted_at timestamptz,
    PRIMARY KEY (project_id, id),
    FOREIGN KEY (project_id, ticket_id) REFERENCES tickets (project_id, id) ON DELETE CASCADE
);
CREATE INDEX messages_thread ON messages (project_id, ticket_id, created_at, id);
CREATE INDEX messages_text ON messages USING gin (project_id, content gin_trgm_ops)
    WHERE deleted_at IS NULL;

-- Sequence numbers are handed out before commit, so a reader's cursor is the pair (xid, seq)
-- and stops below pg_snapshot_xmin: what is committed later can then never lie behind it.
-- project_id 0 is the installation itself: organizations, users, keys.
CREATE TABLE events (
    project_id bigint NOT NULL,
    id uuid NOT NULL,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    type text NOT NULL,
    ticket_id uuid,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    payload jsonb NOT NULL,
    cause uuid,
    depth smallint NOT NULL DEFAULT 0,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (project_id, id)
);
CREATE INDEX events_log ON events (project_id, xid, seq);
CREATE INDEX events_ticket ON events (project_id, ticket_id, seq) WHERE ticket_id IS NOT NULL;
