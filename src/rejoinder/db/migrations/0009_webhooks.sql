-- Each webhook reads its project's log behind a position of its own.
CREATE TABLE webhooks (
    project_id bigint NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    url text NOT NULL,
    description text NOT NULL,
    -- Empty: all of them.
    event_types text[] NOT NULL,
    public_only boolean NOT NULL,
    enabled boolean NOT NULL DEFAULT true,
    disabled_because text,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- The last event of the log for which there is a delivery, if it is one that is wanted.
    xid xid8 NOT NULL,
    seq bigint NOT NULL,
    -- The one process that works for it at a time, until when it has to give a sign of life.
    held_by text,
    held_until timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (project_id, id)
);

-- Readable, because they are the keys of signatures: a hash could not sign.
CREATE TABLE webhook_secrets (
    project_id bigint NOT NULL,
    webhook_id uuid NOT NULL,
    id uuid NOT NULL,
    secret text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz,
    PRIMARY KEY (project_id, webhook_id, id),
    FOREIGN KEY (project_id, webhook_id) REFERENCES webhooks (project_id, id) ON DELETE CASCADE
);

-- One event for one webhook. Its id is the event's, and so the same however often it is sent.
CREATE TABLE webhook_deliveries (
    project_id bigint NOT NULL,
    webhook_id uuid NOT NULL,
    event_id uuid NOT NULL,
    event_type text NOT NULL,
    ticket_id uuid,
    xid xid8 NOT NULL,
    seq bigint NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'withheld')),
    -- When it is to be sent; null while it waits for an earlier one of the same ticket.
    due_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    failing_since timestamptz,
    attempted_at timestamptz,
    response_status integer,
    response_ms integer,
    response_body text,
    error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, webhook_id, event_id),
    FOREIGN KEY (project_id, webhook_id) REFERENCES webhooks (project_id, id) ON DELETE CASCADE
) WITH (fillfactor = 70, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (project_id, webhook_id, due_at)
    WHERE state = 'pending' AND due_at IS NOT NULL;
CREATE INDEX webhook_deliveries_ticket ON webhook_deliveries (project_id, webhook_id, ticket_id, xid, seq)
    WHERE state = 'pending';
CREATE INDEX webhook_deliveries_old ON webhook_deliveries (created_at) WHERE state <> 'pending';
