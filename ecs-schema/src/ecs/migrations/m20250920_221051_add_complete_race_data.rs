//! Inserts the animal spirits, each without base names yet.
//!
//! `up` fails, and inserts nothing, where a spirit of one of these names is there already: it
//! belongs to an administrator, who decides what becomes of it. `down` removes these spirits by
//! their names, with whatever was changed in them since, and leaves all others alone.

use sea_orm_migration::prelude::*;

use super::seed_rows::{json, json_array, refuse_taken_keys};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// `name`, `category`, `emoji`, `generation_numbers`, `traits`, `description`.
pub(super) type Spirit =
    (&'static str, &'static str, &'static str, [i32; 7], [&'static str; 5], &'static str);

// One spirit a line, so that the table can be read and searched as one.
#[rustfmt::skip]
pub(super) const SPIRITS: [Spirit; 50] = [
    ("alien", "extraterrestrial_and_cosmic", "👽", [7, 14, 21, 28, 35, 42, 49], ["otherworldly", "advanced", "cosmic", "mysterious", "intelligent"], "A visitor from another world that sees everything with fresh eyes."),
    ("ant", "insects_and_arachnids", "🐜", [1, 2, 3, 4, 5, 6, 7], ["cooperative", "strong", "social", "organized", "persistent"], "A tireless worker that achieves by numbers what none achieves alone."),
    ("ape", "primates_and_intelligence", "🦍", [11, 22, 33, 44, 55, 66, 77], ["intelligent", "tool-using", "social", "complex", "strong"], "A strong and thoughtful relative that makes tools and keeps company."),
    ("axolotl", "aquatic_and_marine", "🦎", [1, 2, 3, 4, 5, 6, 7], ["regenerative", "healing", "unique", "resilient", "mystical"], "A salamander that never grows up and regrows what it loses."),
    ("aye", "exotic_and_unique", "🦝", [1, 2, 3, 4, 5, 6, 7], ["nocturnal", "unique", "lemur", "endangered", "mysterious"], "A night lemur that taps on wood and listens for what moves inside."),
    ("bear", "bears_and_large_mammals", "🐻", [10, 20, 30, 40, 50, 60, 70], ["powerful", "strong", "seasonal", "protective", "wise"], "A mighty forager that sleeps through winter and defends its young."),
    ("bee", "insects_and_arachnids", "🐝", [6, 12, 18, 24, 30, 36, 42], ["industrious", "community", "pollinating", "honey", "organized"], "A diligent gatherer that lives for its hive."),
    ("capybara", "exotic_and_unique", "🐹", [1, 2, 3, 4, 5, 6, 7], ["calm", "social", "giant", "rodent", "peaceful"], "A giant rodent at ease with every neighbour."),
    ("cheetah", "big_cats_and_predators", "🐆", [4, 8, 12, 16, 20, 24, 28], ["fast", "graceful", "speed", "agile", "focused"], "The fastest runner on land, built for one decisive sprint."),
    ("coyote", "canines_and_foxes", "🐺", [4, 8, 12, 16, 20, 24, 28], ["adaptable", "resourceful", "survivor", "clever", "independent"], "A clever survivor that makes a home anywhere."),
    ("dolphin", "aquatic_and_marine", "🐬", [6, 12, 18, 24, 30, 36, 42], ["intelligent", "social", "communicative", "playful", "cooperative"], "A playful swimmer that talks, plans and hunts together."),
    ("dragon", "mythical_and_legendary", "🐉", [9, 18, 27, 36, 45, 54, 63], ["ancient", "powerful", "elemental", "wise", "legendary"], "An ancient being of fire and knowledge."),
    ("dragonfly", "insects_and_arachnids", "🦟", [2, 4, 6, 8, 10, 12, 14], ["agile", "fast", "precise", "flying", "predatory"], "A darting hunter that masters the air in every direction."),
    ("eagle", "birds_of_prey_and_flight", "🦅", [12, 24, 36, 48, 60, 72, 84], ["visionary", "leadership", "majestic", "focused", "soaring"], "A far-sighted ruler of the heights."),
    ("elephant", "bears_and_large_mammals", "🐘", [15, 30, 45, 60, 75, 90, 105], ["wise", "memory", "family", "gentle", "ancient"], "A gentle giant that never forgets its family."),
    ("falcon", "birds_of_prey_and_flight", "🦅", [3, 6, 9, 12, 15, 18, 21], ["swift", "precise", "focused", "fast", "accurate"], "A diving hunter that strikes with speed and precision."),
    ("flamingo", "exotic_and_unique", "🦩", [1, 2, 3, 4, 5, 6, 7], ["elegant", "balanced", "pink", "wading", "social"], "A graceful wader that keeps its balance on one leg."),
    ("fox", "canines_and_foxes", "🦊", [3, 7, 13, 21, 34, 55, 89], ["cunning", "intelligent", "adaptable", "strategic", "graceful"], "A cunning strategist that slips through any gap."),
    ("frog", "reptiles_and_amphibians", "🐸", [3, 6, 9, 12, 15, 18, 21], ["transformative", "adaptable", "amphibious", "vocal", "colorful"], "A leaper between water and land that changes its whole form."),
    ("hawk", "birds_of_prey_and_flight", "🦅", [9, 18, 27, 36, 45, 54, 63], ["focused", "determined", "sharp-eyed", "agile", "persistent"], "A patient circler that misses nothing below."),
    ("jackal", "canines_and_foxes", "🐺", [5, 10, 15, 20, 25, 30, 35], ["stealthy", "opportunistic", "cunning", "nocturnal", "persistent"], "A quiet opportunist that travels by night."),
    ("jaguar", "big_cats_and_predators", "🐆", [6, 12, 18, 24, 30, 36, 42], ["powerful", "aquatic", "strong", "territorial", "fierce"], "A powerful cat of the jungle that is at home in the water."),
    ("kiwi", "exotic_and_unique", "🐦", [1, 2, 3, 4, 5, 6, 7], ["flightless", "unique", "national", "nocturnal", "endemic"], "A flightless wanderer of the night found in one country alone."),
    ("lemur", "primates_and_intelligence", "🦝", [4, 8, 12, 16, 20, 24, 28], ["unique", "diverse", "island", "nocturnal", "endemic"], "A curious climber of an island that evolved on its own."),
    ("leopard", "big_cats_and_predators", "🐆", [7, 14, 21, 28, 35, 42, 49], ["stealthy", "agile", "camouflaged", "patient", "adaptable"], "A spotted stalker that waits unseen for its moment."),
    ("lion", "big_cats_and_predators", "🦁", [1, 2, 3, 5, 8, 13, 21], ["leadership", "pride", "majestic", "bold", "protective"], "A proud leader that holds its pride together."),
    ("lizard", "reptiles_and_amphibians", "🦎", [5, 10, 15, 20, 25, 30, 35], ["adaptable", "regenerative", "diverse", "scaled", "ancient"], "A quick sunbather that gives up its tail to get away."),
    ("lynx", "big_cats_and_predators", "🐱", [5, 10, 15, 20, 25, 30, 35], ["stealthy", "hunting", "tufted", "mountain", "solitary"], "A solitary hunter of the mountains with tufted ears."),
    ("mantis", "insects_and_arachnids", "🦗", [4, 8, 12, 16, 20, 24, 28], ["patient", "precise", "praying", "stealthy", "focused"], "A motionless ambusher that strikes once and does not miss."),
    ("monkey", "primates_and_intelligence", "🐵", [6, 12, 18, 24, 30, 36, 42], ["agile", "curious", "social", "playful", "adaptable"], "A nimble explorer that learns by play."),
    ("narwhal", "exotic_and_unique", "🦄", [1, 2, 3, 4, 5, 6, 7], ["mystical", "arctic", "unicorn", "tusked", "mysterious"], "A whale of the Arctic with the tusk of a unicorn."),
    ("octopus", "aquatic_and_marine", "🐙", [8, 16, 24, 32, 40, 48, 56], ["intelligent", "adaptable", "problem-solver", "flexible", "mysterious"], "A flexible solver of problems with eight clever arms."),
    ("otter", "aquatic_and_marine", "🦦", [5, 10, 15, 20, 25, 30, 35], ["playful", "thorough", "joyful", "aquatic", "social"], "A cheerful swimmer that does its work thoroughly and then plays."),
    ("owl", "birds_of_prey_and_flight", "🦉", [11, 22, 33, 44, 55, 66, 77], ["wise", "nocturnal", "stealthy", "patient", "observant"], "A silent watcher that sees in the dark."),
    ("panda", "bears_and_large_mammals", "🐼", [1, 2, 3, 4, 5, 6, 7], ["gentle", "peaceful", "bamboo", "endangered", "calm"], "A peaceful eater of bamboo."),
    ("pangolin", "exotic_and_unique", "🦎", [1, 2, 3, 4, 5, 6, 7], ["unique", "armored", "scaled", "rare", "endangered"], "A shy walker in armour that rolls up when threatened."),
    ("peacock", "exotic_and_unique", "🦚", [1, 2, 3, 4, 5, 6, 7], ["majestic", "beautiful", "displaying", "colorful", "proud"], "A splendid bird that wants to be seen."),
    ("phoenix", "mythical_and_legendary", "🔥", [14, 28, 42, 56, 70, 84, 98], ["rebirth", "renewal", "eternal", "cycles", "transformation"], "A bird of fire that rises from its own ashes."),
    ("platypus", "exotic_and_unique", "🦆", [1, 2, 3, 4, 5, 6, 7], ["unique", "bizarre", "monotreme", "venomous", "aquatic"], "A venomous mammal that lays eggs and fits no category."),
    ("quokka", "exotic_and_unique", "🐨", [1, 2, 3, 4, 5, 6, 7], ["happy", "friendly", "smiling", "marsupial", "endemic"], "A small marsupial with a friendly smile."),
    ("raven", "birds_of_prey_and_flight", "🐦\u{200d}⬛", [13, 26, 39, 52, 65, 78, 91], ["wise", "mysterious", "intelligent", "observant", "symbolic"], "A dark and clever observer that carries omens."),
    ("rhino", "bears_and_large_mammals", "🦏", [8, 16, 24, 32, 40, 48, 56], ["armored", "strong", "territorial", "endangered", "powerful"], "An armoured heavyweight that holds its ground."),
    ("shark", "aquatic_and_marine", "🦈", [2, 4, 6, 8, 10, 12, 14], ["efficient", "focused", "predatory", "streamlined", "relentless"], "A streamlined predator that never stops moving."),
    ("snake", "reptiles_and_amphibians", "🐍", [7, 14, 21, 28, 35, 42, 49], ["patient", "transformative", "serpentine", "mysterious", "renewal"], "A patient hunter that sheds its skin and begins anew."),
    ("spider", "insects_and_arachnids", "🕷\u{fe0f}", [8, 16, 24, 32, 40, 48, 56], ["patient", "precise", "web-weaving", "eight-legged", "strategic"], "A weaver that plans its web and waits at its centre."),
    ("tiger", "big_cats_and_predators", "🐅", [9, 18, 27, 36, 45, 54, 63], ["powerful", "ferocious", "strong", "independent", "fierce"], "A striped and solitary hunter of great strength."),
    ("toucan", "exotic_and_unique", "🦜", [1, 2, 3, 4, 5, 6, 7], ["colorful", "tropical", "beaked", "bright", "social"], "A colourful bird of the tropics with an outsized beak."),
    ("turtle", "reptiles_and_amphibians", "🐢", [20, 40, 60, 80, 100, 120, 140], ["ancient", "long-lived", "wise", "patient", "protective"], "A long-lived traveller that carries its shelter along."),
    ("whale", "aquatic_and_marine", "🐋", [7, 14, 21, 28, 35, 42, 49], ["wise", "majestic", "deep", "ancient", "powerful"], "A vast singer of the deep sea."),
    ("wolf", "canines_and_foxes", "🐺", [8, 16, 24, 32, 40, 48, 56], ["loyal", "protective", "coordinated", "fierce", "pack-oriented"], "A loyal hunter that is strongest in its pack."),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let taken = Query::select()
            .column("name")
            .from("naming_spirits")
            .and_where(is_seeded())
            .order_by("name", Order::Asc)
            .to_owned();
        refuse_taken_keys(manager, "naming_spirits", &taken).await?;
        manager.execute(insert_spirits()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let delete = Query::delete().from_table("naming_spirits").and_where(is_seeded()).to_owned();
        manager.execute(delete).await
    }
}

fn is_seeded() -> Expr {
    Expr::col("name").is_in(SPIRITS.map(|(name, ..)| name))
}

pub(super) fn insert_spirits() -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table("naming_spirits").columns([
        "id",
        "name",
        "category",
        "description",
        "emoji",
        "enabled",
        "weight",
        "generation_numbers",
        "traits",
        "base_names",
    ]);
    for (name, category, emoji, generation_numbers, traits, description) in SPIRITS {
        insert.values_panic([
            Expr::cust("gen_random_uuid()"),
            name.into(),
            category.into(),
            description.into(),
            emoji.into(),
            true.into(),
            1.0.into(),
            json(json_array(&generation_numbers)),
            json(json_array(&traits)),
            json("[]"),
        ]);
    }
    insert
}
