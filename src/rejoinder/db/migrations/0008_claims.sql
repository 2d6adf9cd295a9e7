-- What was said with a project's public token, anybody could have said: it is shown, but opens nothing.
ALTER TABLE person_distinct_ids ADD COLUMN is_claimed boolean NOT NULL DEFAULT false;
ALTER TABLE persons ADD COLUMN email_is_claimed boolean NOT NULL DEFAULT false;
