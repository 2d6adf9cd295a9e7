-- A secret that was replaced keeps verifying until it is deleted, so that a rotation breaks nothing.
ALTER TABLE projects ADD COLUMN secret_api_token_backup text UNIQUE;
