//! rebuilt_enum.
//!
//! - Makes `mood` anew.
//!
//! Reversible: neither way loses data.
//!
//! Hazards: `up` writes all of `a` anew, which nobody can use meanwhile.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared("ALTER TYPE public.mood RENAME TO mood__old").await?;
        connection
            .execute_unprepared("CREATE TYPE public.mood AS ENUM ('good', 'soso', 'bad')")
            .await?;
        connection
            .execute_unprepared(
                "ALTER TABLE public.a ALTER COLUMN m TYPE public.mood USING m::text::public.mood",
            )
            .await?;
        connection
            .execute_unprepared(
                "ALTER TABLE ONLY public.a ALTER COLUMN m SET DEFAULT 'soso'::public.mood",
            )
            .await?;
        connection.execute_unprepared("DROP TYPE public.mood__old").await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared("ALTER TYPE public.mood RENAME TO mood__old").await?;
        connection.execute_unprepared("CREATE TYPE public.mood AS ENUM ('good', 'bad')").await?;
        connection
            .execute_unprepared("ALTER TABLE ONLY public.a ALTER COLUMN m DROP DEFAULT")
            .await?;
        connection
            .execute_unprepared(
                "ALTER TABLE public.a ALTER COLUMN m TYPE public.mood USING m::text::public.mood",
            )
            .await?;
        connection.execute_unprepared("DROP TYPE public.mood__old").await?;
        Ok(())
    }
}
