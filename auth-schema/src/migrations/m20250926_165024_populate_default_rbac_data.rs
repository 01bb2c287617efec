//! Adds the default roles, the default permissions, and the permissions of each role.
//!
//! What is there already stays as it is and counts by its name: a role `manager` that an
//! administrator made gets a manager's permissions. An id that another name has taken is an error.
//!
//! `down` removes what `up` added and nothing else. A role and a permission are known by a mark in
//! their `metadata`. A grant bears none, because its `conditions` decide whether it holds: it is
//! known by its pair, by having no grantor, and by its role's mark or else by its time, which is
//! that of the marked rows. So where every role and permission was there before, grants stay.
//!
//! `down` fails and touches nothing while a user holds one of the roles, or anything else that
//! `up` did not add refers to one of the rows.

use sea_orm::{QueryResult, Statement, prelude::Uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.execute(insert_roles()).await?;
        manager.execute(insert_permissions()).await?;
        refuse_taken_ids(manager).await?;
        let insert_grants = format!("WITH {} {INSERT_GRANTS}", defaults());
        manager.get_connection().execute_unprepared(&insert_grants).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        refuse_references(manager).await?;
        let added = added();
        for delete in [DELETE_GRANTS, DELETE_PERMISSIONS, DELETE_ROLES] {
            let delete = format!("WITH {added} {delete}");
            manager.get_connection().execute_unprepared(&delete).await?;
        }
        Ok(())
    }
}

/// Last digits of the id, name, description, level, and whether it is a system role.
const ROLES: [(u128, &str, &str, i32, bool); 8] = [
    (0x1, "system_admin", "Runs the whole system.", 100, true),
    (0x2, "admin", "Manages users and every resource.", 90, true),
    (0x3, "manager", "Manages the resources of a team.", 70, true),
    (0x4, "user", "Works with resources of their own and reads those of the team.", 50, true),
    (0x5, "guest", "Reads resources of their own.", 10, true),
    (0x6, "project_admin", "Manages the resources of a project.", 80, false),
    (0x7, "project_member", "Works with the resources of a project.", 60, false),
    (0x8, "project_viewer", "Reads the resources of a project.", 40, false),
];

/// Last digits of the id, name, resource type, operation and scope.
const PERMISSIONS: [(u128, &str, &str, &str, &str); 31] = [
    (0x101, "system:manage:global", "system", "manage", "global"),
    (0x102, "user:manage:global", "user", "manage", "global"),
    (0x103, "rbac:manage:global", "system", "manage", "global"),
    (0x201, "note:create:own", "note", "create", "own"),
    (0x202, "note:read:own", "note", "read", "own"),
    (0x203, "note:update:own", "note", "update", "own"),
    (0x204, "note:delete:own", "note", "delete", "own"),
    (0x205, "note:read:team", "note", "read", "team"),
    (0x206, "note:manage:team", "note", "manage", "team"),
    (0x207, "note:manage:global", "note", "manage", "global"),
    (0x301, "todo:create:own", "todo", "create", "own"),
    (0x302, "todo:read:own", "todo", "read", "own"),
    (0x303, "todo:update:own", "todo", "update", "own"),
    (0x304, "todo:delete:own", "todo", "delete", "own"),
    (0x305, "todo:read:team", "todo", "read", "team"),
    (0x306, "todo:manage:team", "todo", "manage", "team"),
    (0x307, "todo:manage:global", "todo", "manage", "global"),
    (0x401, "email:read:own", "email", "read", "own"),
    (0x402, "email:create:own", "email", "create", "own"),
    (0x403, "email:manage:team", "email", "manage", "team"),
    (0x404, "email:manage:global", "email", "manage", "global"),
    (0x501, "rag_document:read:own", "rag_document", "read", "own"),
    (0x502, "rag_document:create:own", "rag_document", "create", "own"),
    (0x503, "rag_document:manage:team", "rag_document", "manage", "team"),
    (0x504, "rag_document:manage:global", "rag_document", "manage", "global"),
    (0x601, "ecs_world:read:own", "ecs_world", "read", "own"),
    (0x602, "ecs_world:manage:team", "ecs_world", "manage", "team"),
    (0x603, "ecs_world:manage:global", "ecs_world", "manage", "global"),
    (0x701, "mcp_tool:execute:own", "mcp_tool", "execute", "own"),
    (0x702, "mcp_tool:manage:team", "mcp_tool", "manage", "team"),
    (0x703, "mcp_tool:manage:global", "mcp_tool", "manage", "global"),
];

/// Each of the roles has each of the permissions.
const GRANTS: [(&[&str], &[&str]); 7] = [
    (&["system_admin"], &["system:manage:global", "rbac:manage:global"]),
    (
        &["system_admin", "admin"],
        &[
            "user:manage:global",
            "note:manage:global",
            "todo:manage:global",
            "email:manage:global",
            "rag_document:manage:global",
            "ecs_world:manage:global",
            "mcp_tool:manage:global",
        ],
    ),
    (
        &["user", "project_member"],
        &[
            "note:create:own",
            "note:update:own",
            "todo:create:own",
            "todo:update:own",
            "email:create:own",
            "rag_document:create:own",
            "mcp_tool:execute:own",
        ],
    ),
    (
        &["user", "guest", "project_member", "project_viewer"],
        &[
            "note:read:own",
            "todo:read:own",
            "email:read:own",
            "rag_document:read:own",
            "ecs_world:read:own",
        ],
    ),
    (&["user"], &["note:delete:own", "todo:delete:own"]),
    (&["user", "project_member", "project_viewer"], &["note:read:team", "todo:read:team"]),
    (
        &["manager", "project_admin"],
        &[
            "note:manage:team",
            "todo:manage:team",
            "email:manage:team",
            "rag_document:manage:team",
            "ecs_world:manage:team",
            "mcp_tool:manage:team",
        ],
    ),
];

pub(super) fn insert_roles() -> InsertStatement {
    let columns = ["id", "name", "description", "level", "is_system_role", "metadata"];
    let mut insert = insert_where_absent("roles", columns);
    for (id, name, description, level, is_system_role) in ROLES {
        let id = Uuid::from_u128(id).into();
        let level = level.into();
        insert.values_panic([
            id,
            name.into(),
            description.into(),
            level,
            is_system_role.into(),
            mark(),
        ]);
    }
    insert
}

pub(super) fn insert_permissions() -> InsertStatement {
    let columns = ["id", "name", "resource_type", "operation", "scope", "metadata"];
    let mut insert = insert_where_absent("permissions", columns);
    for (id, name, resource_type, operation, scope) in PERMISSIONS {
        let id = Uuid::from_u128(id).into();
        let operation = operation.into();
        insert.values_panic([
            id,
            name.into(),
            resource_type.into(),
            operation,
            scope.into(),
            mark(),
        ]);
    }
    insert
}

fn insert_where_absent(table: &'static str, columns: [&'static str; 6]) -> InsertStatement {
    Query::insert()
        .into_table(table)
        .columns(columns)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .to_owned()
}

fn mark() -> Expr {
    Expr::val(format!(r#"{{"seeded_by": "{}"}}"#, Migration.name())).cast_as("json")
}

/// By name, because a role or a permission that was there can have an id of its own.
pub(super) const INSERT_GRANTS: &str = "\
    INSERT INTO role_permissions (role_id, permission_id) \
    SELECT roles.id, permissions.id FROM default_grants \
    JOIN roles ON roles.name = default_grants.role \
    JOIN permissions ON permissions.name = default_grants.permission \
    ON CONFLICT DO NOTHING";

const DELETE_GRANTS: &str = "\
    DELETE FROM role_permissions USING added_grants \
    WHERE role_permissions.role_id = added_grants.role_id \
    AND role_permissions.permission_id = added_grants.permission_id";

const DELETE_PERMISSIONS: &str =
    "DELETE FROM permissions WHERE id IN (SELECT id FROM added_permissions)";

const DELETE_ROLES: &str = "DELETE FROM roles WHERE id IN (SELECT id FROM added_roles)";

/// The lists above as common table expressions.
pub(super) fn defaults() -> String {
    let roles = ROLES.map(|role| format!("('{}'::uuid, '{}')", Uuid::from_u128(role.0), role.1));
    let permissions = PERMISSIONS.map(|permission| {
        format!("('{}'::uuid, '{}')", Uuid::from_u128(permission.0), permission.1)
    });
    let mut grants = Vec::new();
    for (roles, permissions) in GRANTS {
        for role in roles {
            grants
                .extend(permissions.iter().map(|permission| format!("('{role}', '{permission}')")));
        }
    }
    format!(
        "default_roles (id, name) AS (VALUES {}), \
         default_permissions (id, name) AS (VALUES {}), \
         default_grants (role, permission) AS (VALUES {})",
        roles.join(", "),
        permissions.join(", "),
        grants.join(", "),
    )
}

/// The rows that `up` added, as common table expressions.
///
/// An id alone does not say so, because a row with that id can have been there before; nor does a
/// mark alone, because whoever copies a row copies its mark.
fn added() -> String {
    format!(
        "{}, \
         added_roles AS ( \
             SELECT roles.* FROM roles JOIN default_roles USING (id) \
             WHERE metadata ->> 'seeded_by' = '{mark}' \
         ), \
         added_permissions AS ( \
             SELECT permissions.* FROM permissions JOIN default_permissions USING (id) \
             WHERE metadata ->> 'seeded_by' = '{mark}' \
         ), \
         added_grants AS ( \
             SELECT role_permissions.* FROM role_permissions \
             JOIN roles ON roles.id = role_id \
             JOIN permissions ON permissions.id = permission_id \
             JOIN default_roles ON roles.id = default_roles.id OR roles.name = default_roles.name \
             JOIN default_permissions ON permissions.id = default_permissions.id \
                 OR permissions.name = default_permissions.name \
             JOIN default_grants ON default_grants.role = default_roles.name \
                 AND default_grants.permission = default_permissions.name \
             WHERE granted_by IS NULL AND ( \
                 role_id IN (SELECT id FROM added_roles) \
                 OR granted_at IN (SELECT created_at FROM added_roles) \
                 OR granted_at IN (SELECT created_at FROM added_permissions) \
             ) \
         )",
        defaults(),
        mark = Migration.name(),
    )
}

async fn refuse_taken_ids(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let absent = format!(
        "WITH {} \
         SELECT name FROM default_roles WHERE name NOT IN (SELECT name FROM roles) \
         UNION ALL \
         SELECT name FROM default_permissions WHERE name NOT IN (SELECT name FROM permissions)",
        defaults(),
    );
    let mut names = Vec::new();
    for row in query(manager, absent).await? {
        names.push(format!("`{}`", row.try_get::<String>("", "name")?));
    }
    if names.is_empty() {
        return Ok(());
    }
    Err(DbErr::Custom(format!(
        "cannot add {}: a role or permission of another name has the id",
        names.join(", ")
    )))
}

/// What would be left without its role or permission, or keep them from being removed.
const REFERENCES: &str = "\
    SELECT 'users who hold one of the roles' AS what, count(*) FROM users \
    WHERE default_role IN (SELECT name FROM added_roles) OR id IN ( \
        SELECT user_id FROM user_roles WHERE role_id IN (SELECT id FROM added_roles) \
    ) \
    UNION ALL \
    SELECT 'roles with one of them as parent', count(*) FROM roles \
    WHERE parent_role_id IN (SELECT id FROM added_roles) \
    AND id NOT IN (SELECT id FROM added_roles) \
    UNION ALL \
    SELECT 'grants that others made', count(*) FROM role_permissions \
    WHERE (role_id IN (SELECT id FROM added_roles) \
        OR permission_id IN (SELECT id FROM added_permissions)) \
    AND (role_id, permission_id) NOT IN (SELECT role_id, permission_id FROM added_grants) \
    UNION ALL \
    SELECT 'resources that one of the roles has access to', count(*) FROM resource_access_control \
    WHERE subject_type = 'role' AND subject_id IN ( \
        SELECT id::text FROM added_roles UNION ALL SELECT name FROM added_roles \
    )";

async fn refuse_references(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut references = Vec::new();
    for row in query(manager, format!("WITH {} {REFERENCES}", added())).await? {
        let count: i64 = row.try_get("", "count")?;
        if count > 0 {
            references.push(format!("{}: {count}", row.try_get::<String>("", "what")?));
        }
    }
    if references.is_empty() {
        return Ok(());
    }
    Err(DbErr::Custom(format!(
        "cannot remove the default roles and permissions ({})",
        references.join("; ")
    )))
}

async fn query(manager: &SchemaManager<'_>, sql: String) -> Result<Vec<QueryResult>, DbErr> {
    let db = manager.get_connection();
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await
}
