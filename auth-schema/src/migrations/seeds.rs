//! The rows that the migrations bring and that the application counts on. Pure.

use sea_orm_migration::prelude::*;
use sql_migration::SeedRows;

use super::m20250926_165024_populate_default_rbac_data as default_rbac;

/// The default roles, the default permissions, and the permissions of each role.
///
/// A role or a permission is there as long as one has its name or its id: another name is an
/// administrator's choice, and what that role is granted then is one too.
pub fn seeds() -> Vec<SeedRows> {
    let rows = |table, missing: &str, restore| SeedRows {
        migration: default_rbac::Migration.name().to_owned(),
        table,
        missing: format!("WITH {} {missing}", default_rbac::defaults()),
        restore,
    };
    let insert = |insert: InsertStatement| insert.to_string(PostgresQueryBuilder);
    let grants = format!("WITH {} {}", default_rbac::defaults(), default_rbac::INSERT_GRANTS);
    vec![
        rows("roles", MISSING_ROLES, insert(default_rbac::insert_roles())),
        rows("permissions", MISSING_PERMISSIONS, insert(default_rbac::insert_permissions())),
        rows("role_permissions", MISSING_GRANTS, grants),
    ]
}

const MISSING_ROLES: &str = "\
    SELECT seed.name FROM default_roles AS seed WHERE NOT EXISTS ( \
        SELECT FROM roles WHERE roles.id = seed.id OR roles.name = seed.name \
    ) ORDER BY seed.name";

const MISSING_PERMISSIONS: &str = "\
    SELECT seed.name FROM default_permissions AS seed WHERE NOT EXISTS ( \
        SELECT FROM permissions WHERE permissions.id = seed.id OR permissions.name = seed.name \
    ) ORDER BY seed.name";

/// Of roles and permissions that have their names, or are missing themselves.
const MISSING_GRANTS: &str = "\
    SELECT seed.role || ' ' || seed.permission FROM default_grants AS seed \
    JOIN default_roles ON default_roles.name = seed.role \
    JOIN default_permissions ON default_permissions.name = seed.permission \
    LEFT JOIN roles ON roles.name = seed.role \
    LEFT JOIN permissions ON permissions.name = seed.permission \
    WHERE (roles.id IS NOT NULL OR default_roles.id NOT IN (SELECT id FROM roles)) \
    AND (permissions.id IS NOT NULL OR default_permissions.id NOT IN (SELECT id FROM permissions)) \
    AND NOT EXISTS ( \
        SELECT FROM role_permissions \
        WHERE role_permissions.role_id = roles.id \
        AND role_permissions.permission_id = permissions.id \
    ) ORDER BY 1";
