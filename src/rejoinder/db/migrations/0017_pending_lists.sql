-- Entries for these indexes wait in a list, which whoever fills it sorts in: with 4 MB, every 3,500th
-- ticket held up all others of its project for 50 to 100 ms.
ALTER INDEX tickets_text SET (gin_pending_list_limit = 1024);
ALTER INDEX tickets_tags SET (gin_pending_list_limit = 1024);
