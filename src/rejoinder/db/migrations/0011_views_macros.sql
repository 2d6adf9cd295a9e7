-- Saved views of the ticket list. Filters are kept as they were given: the list's own vocabulary
-- decides what of them it knows.
CREATE TABLE ticket_views (
    project_id bigint NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    short_id text NOT NULL,
    name text NOT NULL,
    filters jsonb NOT NULL,
    visibility text NOT NULL CHECK (visibility IN ('shared', 'private')),
    created_by bigint REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (project_id, id),
    UNIQUE (project_id, short_id)
);

CREATE TABLE ticket_view_favorites (
    project_id bigint NOT NULL,
    view_id uuid NOT NULL,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (project_id, view_id, user_id),
    FOREIGN KEY (project_id, view_id) REFERENCES ticket_views (project_id, id) ON DELETE CASCADE
);
CREATE INDEX ticket_view_favorites_user ON ticket_view_favorites (user_id);

-- Texts and changes that a teammate applies to a ticket at once.
CREATE TABLE macros (
    project_id bigint NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    short_id text NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    content text NOT NULL,
    rich_content jsonb,
    actions jsonb NOT NULL,
    visibility text NOT NULL CHECK (visibility IN ('team', 'personal')),
    created_by bigint REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (project_id, id),
    UNIQUE (project_id, short_id)
);
