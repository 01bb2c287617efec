//! An application on async-std: brings its databases to head, then works with them.

use anyhow::Result;
use queries::Databases;
use sea_orm_migration::{DbErr, MigratorTrait};

fn main() -> Result<()> {
    async_std::task::block_on(run())
}

async fn run() -> Result<()> {
    let databases = Databases::from_environment().await?;
    migrate(&databases).await?;
    for line in queries::run(&databases).await? {
        println!("{line}");
    }
    Ok(())
}

/// Applies what each database lacks.
///
/// SeaORM's migrator takes no lock: let one process at a time do this, or leave it to the
/// migration runner before the application starts.
async fn migrate(databases: &Databases) -> Result<(), DbErr> {
    // The migrations of auth build on the table that Gatekeeper manages.
    auth_schema::gatekeeper::ensure(&databases.auth).await?;
    auth_schema::Migrator::up(&databases.auth, None).await?;
    ecs_schema::Migrator::up(&databases.ecs, None).await?;
    main_schema::Migrator::up(&databases.main, None).await?;
    mcp_schema::Migrator::up(&databases.mcp, None).await
}
