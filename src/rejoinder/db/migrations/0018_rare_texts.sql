-- The first column of such an index is looked up for every candidate of the second, so the project comes
-- last: with it first, a text of ten letters that one of 6,000,000 messages has took 11.5 ms, not 1.8.
-- Sorting a million messages in takes about a minute, in which nothing is written to their table.
DROP INDEX messages_text;
CREATE INDEX messages_text ON messages USING gin (content gin_trgm_ops, project_id)
    WHERE deleted_at IS NULL;
DROP INDEX tickets_text;
CREATE INDEX tickets_text ON tickets USING gin (
    (coalesce(anonymous_traits ->> 'name', '') || E'\n' || coalesce(anonymous_traits ->> 'email', '')
        || E'\n' || coalesce(email_subject, '')) gin_trgm_ops,
    project_id
) WITH (gin_pending_list_limit = 1024) WHERE deleted_at IS NULL;
DROP INDEX tickets_tags;
CREATE INDEX tickets_tags ON tickets USING gin (tags, project_id)
    WITH (gin_pending_list_limit = 1024) WHERE deleted_at IS NULL;
DROP INDEX persons_text;
CREATE INDEX persons_text ON persons USING gin (search_text gin_trgm_ops, project_id);
