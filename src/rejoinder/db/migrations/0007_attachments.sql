-- Files that belong to messages. The bytes lie in the file store, under a key that says nothing.
CREATE TABLE attachments (
    project_id bigint NOT NULL REFERENCES projects (id),
    id uuid NOT NULL,
    -- `kind:id`: only who uploaded it may put it into a message.
    uploader text NOT NULL,
    object_key text NOT NULL,
    name text NOT NULL,
    content_type text NOT NULL DEFAULT 'application/octet-stream',
    -- Unknown until all of it has arrived.
    size bigint,
    sha256 bytea,
    message_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, id),
    FOREIGN KEY (project_id, message_id) REFERENCES messages (project_id, id) ON DELETE CASCADE
);
CREATE INDEX attachments_message ON attachments (project_id, message_id)
    WHERE message_id IS NOT NULL;
CREATE INDEX attachments_unused ON attachments (project_id, uploader) WHERE message_id IS NULL;
CREATE INDEX attachments_unused_age ON attachments (created_at) WHERE message_id IS NULL;

-- Objects whose attachment is gone, until a job has removed them from the file store.
CREATE TABLE attachment_garbage (
    project_id bigint NOT NULL,
    object_key text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, object_key)
);
CREATE INDEX attachment_garbage_age ON attachment_garbage (created_at);

-- A trigger, because most attachments go with their message or ticket, by cascade.
CREATE FUNCTION keep_attachment_garbage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO attachment_garbage (project_id, object_key) VALUES (OLD.project_id, OLD.object_key);
    RETURN NULL;
END $$;

CREATE TRIGGER attachments_deleted AFTER DELETE ON attachments
    FOR EACH ROW EXECUTE FUNCTION keep_attachment_garbage();
