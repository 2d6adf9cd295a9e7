-- Answers to requests that carried an Idempotency-Key, kept for 24 hours.

CREATE TABLE idempotency_keys (
    -- No foreign key: 0 stands for what belongs to no project, and a row lives for a day only.
    project_id bigint NOT NULL,
    -- Who asked, `kind:id`: two teammates may pick the same key.
    owner text NOT NULL,
    -- Method and path template.
    route text NOT NULL,
    key text NOT NULL,
    -- SHA-256 of the path and the body.
    request_hash bytea NOT NULL,
    status smallint NOT NULL,
    body bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, owner, route, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
