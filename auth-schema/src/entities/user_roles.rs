//! `user_roles`: one row per role of a user, in a context or everywhere.

use sea_orm::entity::prelude::*;

/// A role that a user has.
///
/// A user can have the same role in several contexts, so the pair is not unique.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_roles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(indexed)]
    pub user_id: Uuid,
    #[sea_orm(indexed)]
    pub role_id: Uuid,
    /// What `context_id` identifies; absent: the role holds everywhere.
    #[sea_orm(indexed, column_type = "String(StringLen::N(50))", nullable)]
    pub context_type: Option<String>,
    #[sea_orm(indexed, column_type = "String(StringLen::N(255))", nullable)]
    pub context_id: Option<String>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub assigned_at: Option<DateTimeWithTimeZone>,
    /// The user who gave the role.
    pub assigned_by: Option<Uuid>,
    /// Absent: the assignment does not end.
    #[sea_orm(indexed)]
    pub expires_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(indexed, default_value = true)]
    pub is_active: bool,
    #[sea_orm(column_type = "Json", nullable)]
    pub conditions: Option<Json>,
    #[sea_orm(column_type = "Json", nullable)]
    pub metadata: Option<Json>,
    #[sea_orm(belongs_to, relation_enum = "Users", from = "user_id", to = "id")]
    pub user: BelongsTo<super::users::Entity>,
    #[sea_orm(belongs_to, from = "role_id", to = "id")]
    pub role: BelongsTo<super::roles::Entity>,
    #[sea_orm(belongs_to, relation_enum = "Assigners", from = "assigned_by", to = "id")]
    pub assigner: BelongsTo<Option<super::users::Entity>>,
}

/// Leads to the user who has the role, not to the one who gave it.
///
/// A loader tells the two apart by [`Relation`] alone, and loads neither for `users::Entity`.
impl Related<super::users::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Users.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
