-- What a teammate has begun to write on a ticket: nobody else's business until it is sent.
CREATE TABLE drafts (
    project_id bigint NOT NULL,
    ticket_id uuid NOT NULL,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    content text NOT NULL,
    rich_content jsonb,
    is_private boolean NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, ticket_id, user_id),
    FOREIGN KEY (project_id, ticket_id) REFERENCES tickets (project_id, id) ON DELETE CASCADE
);
CREATE INDEX drafts_user ON drafts (project_id, user_id, updated_at DESC);
CREATE INDEX drafts_age ON drafts (updated_at);

-- A merge is a link that can be undone: the status that the ticket then has again stands beside it.
ALTER TABLE tickets
    ADD COLUMN merged_into uuid,
    ADD COLUMN status_before_merge text;
CREATE INDEX tickets_merged ON tickets (project_id, merged_into) WHERE merged_into IS NOT NULL;

-- Messages that have left as mail, under the Message-ID by which answers name them.
CREATE TABLE sent_mails (
    project_id bigint NOT NULL,
    message_id uuid NOT NULL,
    header_id text NOT NULL,
    sent_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, message_id),
    FOREIGN KEY (project_id, message_id) REFERENCES messages (project_id, id) ON DELETE CASCADE
);
CREATE INDEX sent_mails_header ON sent_mails (project_id, header_id);
