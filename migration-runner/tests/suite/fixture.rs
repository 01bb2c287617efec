//! Lineages that no schema crate has, and a runner of them: in this process, or in one of its own
//! that a test can kill.

mod lineages;

use std::{
    env,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::Result;
use schema_engine::{
    apply::{Patience, Progress},
    backend, database,
    hazard::Hazard,
    history::{self, Status},
    journal::{self, Operator},
    lint,
    location::{Located, Location},
    migrate::{self, Event, MigrateOptions, Report},
    open::Opened,
    plan::Goal,
    repair::{self, Incomplete},
    schema::Schema,
    shadow::Place,
};
use schema_testing::{TestDatabase, command::isolated, server::Server};

use crate::{
    observe::until,
    runner::{Outcome, printed},
};

/// How long another runner is waited for.
const LOCK_WAIT: Duration = Duration::from_mins(2);

const LINEAGE: &str = "FIXTURE_LINEAGE";
const URL: &str = "FIXTURE_URL";

/// A database and the lineage that is to be run on it.
pub(crate) struct Fixture {
    lineage: &'static str,
    located: Located,
    schema: Schema,
}

impl Fixture {
    pub(crate) fn new(lineage: &'static str, url: &str) -> Self {
        let located = Located {
            database: database::find("mcp").expect("a database of the tool"),
            location: Location::Server {
                url: url.parse().expect("a URL"),
                origin: "the test".to_owned(),
            },
        };
        let migrations = lineages::find(lineage);
        let schema = Schema {
            name: "fixture",
            migrations,
            entities: "no_schema::*",
            alembic_aliases: &[],
            tables: &[],
            extensions: &[],
            managed: None,
            seeds: Vec::new(),
            allowed_hazards: &[],
        };
        Self { lineage, located, schema }
    }

    /// A new database of `server` where the first migration of the lineage ran; the others sleep
    /// for `seconds` where they do.
    pub(crate) async fn prepared(
        lineage: &'static str,
        server: &Server,
        seconds: u32,
    ) -> (Self, String, TestDatabase) {
        let name = server.create_database(lineage).await;
        let fixture = Self::new(lineage, &server.url(&name));
        fixture.migrate_by(Goal::Steps(1), |_| {}).await.expect("the first migration");
        let database = TestDatabase::at(&server.url(&name)).await;
        nap(&database, seconds).await;
        (fixture, name, database)
    }

    /// Starts a runner in a process of its own, which gets to the database by `url`.
    pub(crate) fn start(&self, url: &str) -> Child {
        let suite = env::current_exe().expect("this binary");
        let mut command: Command = isolated(suite, &env::temp_dir());
        command
            .args(["--exact", "fixture::a_runner_in_a_process_of_its_own"])
            .args(["--ignored", "--nocapture"])
            .envs([(LINEAGE, self.lineage), (URL, url)])
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        command.spawn().expect("the suite runs")
    }

    /// Runs what is pending.
    pub(crate) async fn migrate(&self) -> Result<Report> {
        self.migrate_by(Goal::End, |_| {}).await
    }

    /// Knows the hazards of its migrations, as `cargo xtask checksums` notes them.
    pub(crate) async fn with_hazards(mut self) -> Self {
        let found = lint::lint(&self.schema, &Place::Memory, &self.schema.names()).await;
        let text = lint::text(&found.expect("the hazards"));
        for migration in &mut self.schema.migrations {
            migration.hazards = lint::compiled(&text, &migration.name);
        }
        self
    }

    /// Runs what is pending for somebody who agrees to these hazards; gives each that was told.
    pub(crate) async fn migrate_agreeing(
        &self,
        hazards: &[Hazard],
    ) -> (Vec<String>, Result<Report>) {
        let mut told = Vec::new();
        let say = |event: Event<'_>| {
            if let Event::Hazard(ahead) = event {
                told.push(ahead.finding.to_string());
            }
        };
        let result = match self.open(&mut |_| {}).await {
            Ok(opened) => migrate_opened(opened, Goal::End, hazards, say).await,
            Err(error) => Err(error),
        };
        (told, result)
    }

    /// Runs what is pending, as far as `goal`, and gives `tell` every line that a user would see.
    pub(crate) async fn migrate_by(
        &self,
        goal: Goal,
        mut tell: impl FnMut(&str) + Send,
    ) -> Result<Report> {
        let opened = self.open(&mut tell).await?;
        let say = |event: Event<'_>| {
            if let Event::Step(progress) = event {
                tell(&shown(&progress));
            }
        };
        migrate_opened(opened, goal, &[], say).await
    }

    /// Where the database stands.
    pub(crate) async fn status(&self) -> Result<Status> {
        let opened = Opened::open(&self.located, &self.schema).await?;
        let runs = journal::runs(opened.session.connection(), &opened.state).await?;
        let status = history::status(&self.schema, &opened.state, &runs);
        opened.close().await?;
        Ok(status)
    }

    /// What `repair` shows.
    pub(crate) async fn look(&self) -> Result<Vec<Incomplete>> {
        let opened = Opened::open(&self.located, &self.schema).await?;
        let incomplete = repair::look(&opened).await?;
        opened.close().await?;
        Ok(incomplete)
    }

    /// What `repair --finish` does.
    pub(crate) async fn finish(&self) -> Result<()> {
        let opened = self.open(&mut |_| {}).await?;
        let done = repair::finish(&opened, &operator(), Patience::default(), |_| {}).await;
        opened.close().await?;
        done?;
        Ok(())
    }

    async fn open(&self, tell: &mut (dyn FnMut(&str) + Send)) -> Result<Opened<'_>> {
        let mut opened = Opened::open(&self.located, &self.schema).await?;
        opened.lock(LOCK_WAIT, "fixture", tell).await?;
        Ok(opened)
    }
}

async fn migrate_opened(
    opened: Opened<'_>,
    goal: Goal,
    hazards: &[Hazard],
    say: impl FnMut(Event<'_>),
) -> Result<Report> {
    let options = MigrateOptions {
        goal,
        dry_run: false,
        allow_out_of_order: false,
        allow_hazards: hazards.to_vec(),
        patience: Patience::default(),
    };
    let report = migrate::migrate(&opened, &options, &operator(), say).await;
    opened.close().await?;
    Ok(report?)
}

/// Makes the migrations that sleep do so for as long as this.
pub(crate) async fn nap(database: &TestDatabase, seconds: u32) {
    database.execute(&format!("UPDATE nap SET seconds = {seconds}")).await;
}

/// Waits until one of the migrations sleeps for so long already; gives its process of the server.
pub(crate) async fn until_asleep(database: &TestDatabase, long: &str) -> String {
    let sleeper = format!(
        "SELECT pid::text FROM pg_stat_activity
          WHERE datname = current_database() AND state = 'active' AND wait_event = 'PgSleep'
            AND clock_timestamp() - query_start > '{long}'"
    );
    until(database, &format!("SELECT EXISTS ({sleeper})::text")).await;
    database.text(&sleeper).await
}

/// What a runner said until it ended.
pub(crate) fn ended(child: Child) -> Outcome {
    child.wait_with_output().expect("its end").into()
}

/// Ends a runner as a crash of its machine would, but for the network; gives what it said.
pub(crate) fn kill(mut child: Child) -> String {
    child.kill().expect("it runs");
    let output = child.wait_with_output().expect("its end");
    printed(output.stdout) + &printed(output.stderr)
}

#[tokio::test]
#[ignore = "a process that other tests start and kill"]
async fn a_runner_in_a_process_of_its_own() {
    let (Ok(lineage), Ok(url)) = (env::var(LINEAGE), env::var(URL)) else { return };
    let fixture = Fixture::new(lineages::name(&lineage), &url);
    if let Err(error) = fixture.migrate_by(Goal::End, |line| eprintln!("{line}")).await {
        eprintln!("error: {error:#}");
        std::process::exit(1);
    }
}

fn operator() -> Operator {
    Operator { actor: "ana".to_owned(), host: "den".to_owned(), tool_version: "0".to_owned() }
}

fn shown(progress: &Progress<'_>) -> String {
    match progress {
        Progress::Step(done) => format!("applied {}", done.migration),
        Progress::Retry { migration, error, blockers, .. } => {
            format!("{migration} again: {error}; {}", backend::list(blockers))
        }
        Progress::Waiting { migration, blockers } => {
            format!("{migration} waits for {}", backend::list(blockers))
        }
    }
}
