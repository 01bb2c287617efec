//! Rows that belong together are loaded together.

use auth_schema::{
    Migrator,
    entities::{permissions, resource_access_control, role_permissions, roles, user_roles, users},
};
use schema_testing::{TestDatabase, lineage};
use sea_orm::{ActiveValue::Set, EntityLoaderTrait, entity::prelude::*};

const REYNARD: Uuid = Uuid::from_u128(0xa1);
const ISEGRIM: Uuid = Uuid::from_u128(0xa2);
/// A role below the seed's `user`.
const FOX: Uuid = Uuid::from_u128(0xb1);
const USER: Uuid = Uuid::from_u128(0x4);

/// Reynard is a fox because Isegrim made him one, and has given Isegrim the role `user`, a
/// permission to foxes, and access to a note.
async fn reynard_and_isegrim() -> Result<TestDatabase, DbErr> {
    let database = lineage::migrated::<Migrator>("auth").await;
    let connection = database.connection();
    for (id, name) in [(REYNARD, "reynard"), (ISEGRIM, "isegrim")] {
        let user = users::ActiveModel {
            id: Set(id),
            username: Set(name.to_owned()),
            password_hash: Set("hash".to_owned()),
            role: Set("user".to_owned()),
            ..Default::default()
        };
        user.insert(connection).await?;
    }
    let fox = roles::ActiveModel {
        id: Set(FOX),
        name: Set("fox".to_owned()),
        parent_role_id: Set(Some(USER)),
        ..Default::default()
    };
    fox.insert(connection).await?;
    for (id, user, role, by) in [(1, REYNARD, FOX, ISEGRIM), (2, ISEGRIM, USER, REYNARD)] {
        let assignment = user_roles::ActiveModel {
            id: Set(Uuid::from_u128(id)),
            user_id: Set(user),
            role_id: Set(role),
            assigned_by: Set(Some(by)),
            ..Default::default()
        };
        assignment.insert(connection).await?;
    }
    let grant = role_permissions::ActiveModel {
        role_id: Set(FOX),
        permission_id: Set(Uuid::from_u128(0x201)),
        granted_by: Set(Some(REYNARD)),
        ..Default::default()
    };
    grant.insert(connection).await?;
    let access = resource_access_control::ActiveModel {
        id: Set(Uuid::from_u128(3)),
        resource_type: Set("note".to_owned()),
        resource_id: Set("1".to_owned()),
        subject_id: Set(ISEGRIM.to_string()),
        permission_level: Set("viewer".to_owned()),
        granted_by: Set(Some(REYNARD)),
        ..Default::default()
    };
    access.insert(connection).await?;
    Ok(database)
}

#[tokio::test]
async fn a_role_knows_its_parent_and_its_children() -> Result<(), DbErr> {
    let database = reynard_and_isegrim().await?;
    let fox = roles::Entity::load()
        .filter_by_id(FOX)
        .with(roles::Relation::Parent)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(fox.parent.as_ref().map(|role| role.id), Some(USER));
    let user = roles::Entity::load()
        .filter_by_id(USER)
        .with(roles::Relation::Parent)
        .with(roles::Relation::Children)
        .one(database.connection())
        .await?
        .unwrap();
    assert!(user.parent.as_ref().is_none());
    assert_eq!(user.children.iter().map(|role| role.id).collect::<Vec<_>>(), [FOX]);
    Ok(())
}

#[tokio::test]
async fn roles_and_permissions_know_each_other() -> Result<(), DbErr> {
    let database = reynard_and_isegrim().await?;
    let guest = roles::Entity::load()
        .filter(roles::Column::Name.eq("guest"))
        .with(permissions::Entity)
        .with(role_permissions::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!((guest.permissions.len(), guest.role_permissions.len()), (5, 5));
    let create_note = permissions::Entity::load()
        .filter(permissions::Column::Name.eq("note:create:own"))
        .with(roles::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    let mut names: Vec<_> = create_note.roles.iter().map(|role| &*role.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["fox", "project_member", "user"]);
    Ok(())
}

#[tokio::test]
async fn a_grant_is_found_by_its_pair_and_knows_who_made_it() -> Result<(), DbErr> {
    let database = reynard_and_isegrim().await?;
    let grant = role_permissions::Entity::load()
        .filter_by_id((FOX, Uuid::from_u128(0x201)))
        .with(roles::Entity)
        .with(permissions::Entity)
        .with(users::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(grant.role.unwrap().name, "fox");
    assert_eq!(grant.permission.unwrap().name, "note:create:own");
    assert_eq!(grant.grantor.as_ref().map(|user| user.id), Some(REYNARD));
    let seeded = role_permissions::Entity::load()
        .filter(role_permissions::Column::RoleId.eq(USER))
        .with(users::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert!(seeded.grantor.as_ref().is_none());
    Ok(())
}

#[tokio::test]
async fn who_has_a_role_is_told_from_who_gave_it() -> Result<(), DbErr> {
    let database = reynard_and_isegrim().await?;
    let assignment = user_roles::Entity::load()
        .filter_by_id(Uuid::from_u128(1))
        .with(user_roles::Relation::Users)
        .with(user_roles::Relation::Assigners)
        .with(roles::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(assignment.user.unwrap().id, REYNARD);
    assert_eq!(assignment.assigner.as_ref().map(|user| user.id), Some(ISEGRIM));
    assert_eq!(assignment.role.unwrap().id, FOX);

    let reynard = users::Entity::load()
        .filter_by_id(REYNARD)
        .with(users::Relation::UserRoles)
        .with(users::Relation::AssignedRoles)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(reynard.user_roles[0].role_id, FOX);
    assert_eq!(reynard.assigned_roles[0].role_id, USER);
    assert_eq!((reynard.user_roles.len(), reynard.assigned_roles.len()), (1, 1));
    Ok(())
}

#[tokio::test]
async fn users_and_roles_know_each_other_through_who_has_them() -> Result<(), DbErr> {
    let database = reynard_and_isegrim().await?;
    let reynard = users::Entity::load()
        .filter_by_id(REYNARD)
        .with((roles::Entity, permissions::Entity))
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(reynard.roles.iter().map(|role| role.id).collect::<Vec<_>>(), [FOX]);
    assert_eq!(reynard.roles[0].permissions[0].name, "note:create:own");
    let fox = roles::Entity::load()
        .filter_by_id(FOX)
        .with(users::Entity)
        .with(user_roles::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(fox.users.iter().map(|user| user.id).collect::<Vec<_>>(), [REYNARD]);
    assert_eq!(fox.user_roles[0].user_id, REYNARD);
    Ok(())
}

#[tokio::test]
async fn a_user_knows_what_they_granted_and_to_whom() -> Result<(), DbErr> {
    let database = reynard_and_isegrim().await?;
    let reynard = users::Entity::load()
        .filter_by_id(REYNARD)
        .with(resource_access_control::Entity)
        .with(role_permissions::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(reynard.granted_access[0].subject_id, ISEGRIM.to_string());
    assert_eq!(reynard.granted_permissions[0].role_id, FOX);
    let access = resource_access_control::Entity::load()
        .with(users::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(access.grantor.as_ref().map(|user| user.id), Some(REYNARD));
    assert_eq!(access.subject_type, "user");
    Ok(())
}
