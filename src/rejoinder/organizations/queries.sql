-- name: _project
id, organization_id, name, api_token, widget_public_token, secret_api_token,
secret_api_token_backup, conversations_enabled, conversations_settings, created_at

-- name: add_organization
INSERT INTO organizations (id, name) VALUES ($1, $2);

-- name: organization
SELECT id, name, created_at FROM organizations WHERE id = $1;

-- name: locked_organization
SELECT id, name, created_at FROM organizations WHERE id = $1 FOR UPDATE;

-- name: rename_organization
UPDATE organizations SET name = $2 WHERE id = $1;

-- name: projects_of_organization
SELECT /*:_project*/ FROM projects WHERE organization_id = $1 ORDER BY id;

-- name: organization_exists
SELECT true FROM organizations WHERE id = $1;

-- name: any_organization
SELECT true FROM organizations LIMIT 1;

-- name: add_project
INSERT INTO projects (organization_id, name, api_token, widget_public_token, secret_api_token)
VALUES ($1, $2, $3, $4, $5)
RETURNING /*:_project*/;

-- name: add_counters
INSERT INTO project_counters (project_id) VALUES ($1);

-- name: project
SELECT /*:_project*/ FROM projects WHERE id = $1;

-- name: locked_project
SELECT /*:_project*/ FROM projects WHERE id = $1 FOR UPDATE;

-- name: project_by_api_token
SELECT /*:_project*/ FROM projects WHERE api_token = $1;

-- name: project_by_secret
-- By the present secret, or by the one before as long as it is kept.
SELECT /*:_project*/ FROM projects WHERE secret_api_token = $1 OR secret_api_token_backup = $1;

-- name: set_api_token
-- No row when another project has it.
UPDATE projects SET api_token = $2
WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM projects other WHERE other.api_token = $2 AND other.id <> $1)
RETURNING /*:_project*/;

-- name: set_widget_token
UPDATE projects SET widget_public_token = $2 WHERE id = $1
RETURNING /*:_project*/;

-- name: rotate_secret
UPDATE projects SET secret_api_token = $2, secret_api_token_backup = secret_api_token WHERE id = $1
RETURNING /*:_project*/;

-- name: delete_secret_backup
UPDATE projects SET secret_api_token_backup = NULL WHERE id = $1
RETURNING /*:_project*/;

-- name: rename_project
UPDATE projects SET name = $2 WHERE id = $1
RETURNING /*:_project*/;

-- name: change_project
UPDATE projects SET conversations_enabled = $2, conversations_settings = $3
WHERE id = $1
RETURNING /*:_project*/;

-- name: set_member
INSERT INTO memberships (organization_id, user_id, level) VALUES ($1, $2, $3)
ON CONFLICT (organization_id, user_id) DO UPDATE SET level = excluded.level;

-- name: is_member
-- Whether the user belongs to the organization that has the project.
SELECT true FROM memberships m JOIN projects p ON p.organization_id = m.organization_id
JOIN users u ON u.id = m.user_id AND u.is_active
WHERE p.id = $1 AND m.user_id = $2;

-- name: add_role
INSERT INTO roles (id, organization_id, name) VALUES ($1, $2, $3)
ON CONFLICT (organization_id, lower(name)) DO NOTHING
RETURNING id, organization_id, name, created_at;

-- name: role
SELECT id, organization_id, name, created_at FROM roles WHERE id = $1;

-- name: role_of_project
-- The role's name, if it belongs to the organization that has the project.
SELECT r.name FROM roles r JOIN projects p ON p.organization_id = r.organization_id
WHERE p.id = $1 AND r.id = $2;

-- name: add_role_member
-- Only members of the role's organization can belong to the role.
INSERT INTO role_members (role_id, user_id)
SELECT r.id, m.user_id FROM roles r JOIN memberships m ON m.organization_id = r.organization_id
WHERE r.id = $1 AND m.user_id = $2
ON CONFLICT (role_id, user_id) DO UPDATE SET user_id = excluded.user_id
RETURNING true;
