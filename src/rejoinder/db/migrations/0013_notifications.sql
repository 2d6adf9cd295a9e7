-- What a person is searched by. A column, so that a change of other properties leaves its index alone.
ALTER TABLE persons ADD COLUMN search_text text GENERATED ALWAYS AS (
    left(
        name || E'\n' || coalesce(properties ->> 'email', '') || E'\n'
            || coalesce(properties ->> 'name', ''),
        1200
    )
) STORED;
CREATE INDEX persons_text ON persons USING gin (project_id, search_text gin_trgm_ops);
CREATE INDEX person_distinct_ids_prefix ON person_distinct_ids (project_id, distinct_id text_pattern_ops);

-- What concerns one teammate. A ticket that has customers' messages for them has one unread row.
CREATE TABLE notifications (
    project_id bigint NOT NULL,
    id uuid NOT NULL,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('mention', 'assigned', 'reply')),
    ticket_id uuid NOT NULL,
    message_id uuid,
    -- What it goes back to: whoever reacts to that event again finds its row.
    event_id uuid NOT NULL,
    actor_name text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    read_at timestamptz,
    PRIMARY KEY (project_id, id),
    FOREIGN KEY (project_id, ticket_id) REFERENCES tickets (project_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX notifications_mention ON notifications (project_id, user_id, message_id)
    WHERE kind = 'mention';
CREATE UNIQUE INDEX notifications_assigned ON notifications (project_id, user_id, event_id)
    WHERE kind = 'assigned';
CREATE UNIQUE INDEX notifications_reply ON notifications (project_id, user_id, ticket_id)
    WHERE kind = 'reply' AND read_at IS NULL;
CREATE INDEX notifications_newest ON notifications (project_id, user_id, created_at DESC, id DESC);
CREATE INDEX notifications_unread ON notifications (project_id, user_id, created_at DESC, id DESC)
    WHERE read_at IS NULL;
CREATE INDEX notifications_ticket ON notifications (project_id, ticket_id, user_id);
CREATE INDEX notifications_age ON notifications (created_at);

-- New tickets of which an address is to be told. What is neither taken nor mailed is held back for
-- the next mail that tells of many.
CREATE TABLE ticket_notices (
    project_id bigint NOT NULL,
    recipient text NOT NULL,
    ticket_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    taken_at timestamptz,
    mailed_at timestamptz,
    PRIMARY KEY (project_id, recipient, ticket_id),
    FOREIGN KEY (project_id, ticket_id) REFERENCES tickets (project_id, id) ON DELETE CASCADE
);
CREATE INDEX ticket_notices_waiting ON ticket_notices (project_id, recipient, created_at)
    WHERE mailed_at IS NULL;
CREATE INDEX ticket_notices_taken ON ticket_notices (project_id, recipient, taken_at);
CREATE INDEX ticket_notices_age ON ticket_notices (created_at);
CREATE INDEX ticket_notices_ticket ON ticket_notices (project_id, ticket_id);
