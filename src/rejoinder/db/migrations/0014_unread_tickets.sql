-- The tickets that have something unread for the team. An index on the count itself would make every
-- reading of a ticket write to all indexes of its row; this is one small row, written when the first
-- message comes and removed when all is read.
CREATE TABLE unread_tickets (
    project_id bigint NOT NULL,
    ticket_id uuid NOT NULL,
    PRIMARY KEY (project_id, ticket_id),
    FOREIGN KEY (project_id, ticket_id) REFERENCES tickets (project_id, id) ON DELETE CASCADE
) WITH (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0.05);

CREATE FUNCTION keep_unread_tickets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.unread_team_count > 0 THEN
        INSERT INTO unread_tickets VALUES (NEW.project_id, NEW.id) ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM unread_tickets WHERE project_id = NEW.project_id AND ticket_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER tickets_begun_unread AFTER INSERT ON tickets
    FOR EACH ROW WHEN (NEW.unread_team_count > 0) EXECUTE FUNCTION keep_unread_tickets();
CREATE TRIGGER tickets_read AFTER UPDATE OF unread_team_count ON tickets
    FOR EACH ROW WHEN ((OLD.unread_team_count > 0) <> (NEW.unread_team_count > 0))
    EXECUTE FUNCTION keep_unread_tickets();

INSERT INTO unread_tickets SELECT project_id, id FROM tickets WHERE unread_team_count > 0;
