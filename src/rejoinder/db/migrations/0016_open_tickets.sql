-- What a team works through all day is a small part of what it ever answered. Without these, its lists
-- walk past everything that is resolved: an open ticket is in the first and in one of the others.
CREATE INDEX tickets_open ON tickets (project_id, updated_at DESC, ticket_number DESC)
    WHERE deleted_at IS NULL AND status <> 'resolved';
CREATE INDEX tickets_open_user ON tickets (project_id, assignee_user_id, updated_at DESC, ticket_number DESC)
    WHERE deleted_at IS NULL AND status <> 'resolved' AND assignee_user_id IS NOT NULL;
CREATE INDEX tickets_open_role ON tickets (project_id, assignee_role_id, updated_at DESC, ticket_number DESC)
    WHERE deleted_at IS NULL AND status <> 'resolved' AND assignee_role_id IS NOT NULL;
CREATE INDEX tickets_unassigned ON tickets (project_id, updated_at DESC, ticket_number DESC)
    WHERE deleted_at IS NULL AND status <> 'resolved'
        AND assignee_user_id IS NULL AND assignee_role_id IS NULL;

-- In the order in which a timeline shows them.
DROP INDEX events_ticket;
CREATE INDEX events_ticket ON events (project_id, ticket_id, at, id) WHERE ticket_id IS NOT NULL;
