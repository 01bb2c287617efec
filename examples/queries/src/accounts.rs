//! An account of the auth database, its roles, and what they permit.

use auth_schema::entities::{permissions, roles, user_roles, users};
use sea_orm::{Set, TransactionSession, TransactionTrait, prelude::*};

/// Who has the account.
pub const USERNAME: &str = "vixen";

/// Inserts the account and gives it two of the roles that the migrations bring.
///
/// # Errors
///
/// Any error of the database.
pub async fn insert<C>(db: &C) -> Result<(), DbErr>
where
    C: ConnectionTrait + TransactionTrait,
{
    if users::Entity::find_by_username(USERNAME).one(db).await?.is_some() {
        return Ok(());
    }
    let transaction = db.begin().await?;
    let user = users::ActiveModel::builder()
        .set_id(Uuid::new_v4())
        .set_username(USERNAME)
        // The hash of no password: nobody can sign in.
        .set_password_hash("!")
        .set_role("regular")
        .set_rbac_enabled(true)
        .insert(&transaction)
        .await?;

    let roles = roles::Entity::find()
        .filter(roles::COLUMN.name.is_in(["guest", "manager"]))
        .all(&transaction)
        .await?;
    let assignments = roles.into_iter().map(|role| user_roles::ActiveModel {
        id: Set(Uuid::new_v4()),
        user_id: Set(user.id),
        role_id: Set(role.id),
        ..Default::default()
    });
    user_roles::Entity::insert_many(assignments).exec_without_returning(&transaction).await?;
    transaction.commit().await
}

/// Loads an account with its roles and the permissions of each.
///
/// It shows what stands in the tables. Whether an assignment or a grant is in force is said by
/// `is_active` and `expires_at` in `user_roles` and `role_permissions`: ask them before deciding.
///
/// # Errors
///
/// Any error of the database.
pub async fn with_roles(
    db: &impl ConnectionTrait,
    username: &str,
) -> Result<Option<users::ModelEx>, DbErr> {
    users::Entity::load()
        .filter_by_username(username)
        .with((roles::Entity, permissions::Entity))
        .one(db)
        .await
}
