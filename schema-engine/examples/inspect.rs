//! Lists the catalog of a database, and says how long it took to read:
//! `cargo run --release --example inspect -p schema-engine -- postgres://…`.

#![expect(clippy::print_stdout, reason = "what it is for")]

use std::{error::Error, time::Instant};

use schema_engine::catalog::{Fingerprint, Options, inspect, listing};
use sea_orm::{ConnectOptions, Database};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("the URL of a database is missing")?;
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await?;
    let mut catalog = inspect(&db, &Options::default()).await?;
    for line in listing::lines(&catalog) {
        println!("{line}");
    }
    for dependency in &catalog.dependencies {
        println!("{dependency}");
    }
    let mut times = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        catalog = inspect(&db, &Options::default()).await?;
        times.push(format!("{:.0?}", start.elapsed()));
    }
    eprintln!("read in {}", times.join(", "));
    eprintln!("fingerprint {}", Fingerprint::of(&catalog));
    Ok(())
}
