//! Fills the base names of the animal spirits.
//!
//! Reversible: `down` empties them again. A spirit that an administrator has removed is passed
//! over, and base names that an administrator has written are kept in both directions: `up` fills
//! only what is empty, `down` empties only what `up` wrote.

use sea_orm_migration::prelude::*;

use super::seed_rows::{json, json_array};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// `name`, `base_names`.
pub(super) const BASE_NAMES: [(&str, [&str; 6]); 50] = [
    ("alien", ["Xeno", "Otherworldly", "Mysterious", "Advanced", "Strange", "Unknown"]),
    ("ant", ["Formica", "Worker", "Colony", "Industrious", "Organized", "Strong"]),
    ("ape", ["Simian", "Primate", "Intelligent", "Clever", "Strong", "Wise"]),
    ("axolotl", ["Ambystoma", "Mexican", "Walking", "Fish", "Regenerative", "Unique"]),
    ("aye", ["Aye", "Aye", "Nocturnal", "Primate", "Madagascar", "Lemur"]),
    ("bear", ["Ursa", "Grizzly", "Polar", "Mountain", "Forest", "Wild"]),
    ("bee", ["Apis", "Honey", "Worker", "Busy", "Swarm", "Industrious"]),
    ("capybara", ["Hydrochoerus", "Water", "Pig", "Gentle", "Large", "Social"]),
    ("cheetah", ["Acinonyx", "Speed", "Swift", "Hunting", "Graceful", "Fast"]),
    ("coyote", ["Canis", "Trickster", "Wild", "Clever", "Adaptable", "Survivor"]),
    ("dolphin", ["Delphinus", "Ocean", "Intelligent", "Playful", "Social", "Wise"]),
    ("dragon", ["Draco", "Wyrm", "Ancient", "Elder", "Primordial", "Mighty"]),
    ("dragonfly", ["Odonata", "Winged", "Swift", "Flying", "Graceful", "Ancient"]),
    ("eagle", ["Aquila", "Golden", "Soaring", "Majestic", "Noble", "Regal"]),
    ("elephant", ["Elephas", "Memory", "Wise", "Gentle", "Giant", "Noble"]),
    ("falcon", ["Falco", "Swift", "Hunting", "Fierce", "Flying", "Predator"]),
    ("flamingo", ["Phoenicopterus", "Pink", "Graceful", "Water", "Elegant", "Standing"]),
    ("fox", ["Vulpine", "Reynard", "Kitsune", "Sly", "Cunning", "Swift"]),
    ("frog", ["Anura", "Amphibian", "Leaping", "Water", "Green", "Croaking"]),
    ("hawk", ["Accipiter", "Swift", "Hunting", "Fierce", "Flying", "Predator"]),
    ("jackal", ["Canis", "Wild", "Clever", "Adaptable", "Survivor", "Pack"]),
    ("jaguar", ["Panthera", "Jungle", "Powerful", "Stealth", "Fierce", "Wild"]),
    ("kiwi", ["Apteryx", "Flightless", "Nocturnal", "Unique", "New", "Zealand"]),
    ("lemur", ["Primate", "Madagascar", "Agile", "Playful", "Curious", "Tree"]),
    ("leopard", ["Panthera", "Spotted", "Stealth", "Fierce", "Wild", "Graceful"]),
    ("lion", ["Leo", "King", "Mane", "Pride", "Royal", "Imperial"]),
    ("lizard", ["Lacerta", "Scaly", "Reptile", "Quick", "Agile", "Ancient"]),
    ("lynx", ["Lynx", "Wild", "Mountain", "Fierce", "Independent", "Sharp"]),
    ("mantis", ["Mantis", "Praying", "Insect", "Patient", "Stealthy", "Predator"]),
    ("monkey", ["Simian", "Clever", "Agile", "Playful", "Curious", "Intelligent"]),
    ("narwhal", ["Monodon", "Unicorn", "Whale", "Arctic", "Tusked", "Mysterious"]),
    ("octopus", ["Cephalopod", "Eight", "Clever", "Flexible", "Ocean", "Intelligent"]),
    ("otter", ["Lutra", "Aqua", "Playful", "Graceful", "Sleek", "Fluid"]),
    ("owl", ["Strix", "Wise", "Nocturnal", "Sage", "Watching", "Silent"]),
    ("panda", ["Ailuropoda", "Bamboo", "Gentle", "Black", "White", "Cute"]),
    ("pangolin", ["Manis", "Scaly", "Armored", "Anteater", "Unique", "Ancient"]),
    ("peacock", ["Pavo", "Colorful", "Proud", "Beautiful", "Majestic", "Display"]),
    ("phoenix", ["Phoenix", "Firebird", "Rebirth", "Renewal", "Eternal", "Radiant"]),
    ("platypus", ["Ornithorhynchus", "Duck", "Bill", "Unique", "Water", "Mysterious"]),
    ("quokka", ["Setonix", "Smiling", "Happy", "Marsupial", "Australia", "Cute"]),
    ("raven", ["Corvus", "Dark", "Mysterious", "Clever", "Wise", "Ancient"]),
    ("rhino", ["Rhinoceros", "Horn", "Powerful", "Ancient", "Massive", "Wild"]),
    ("shark", ["Carcharodon", "Ocean", "Predator", "Swift", "Fierce", "Deep"]),
    ("snake", ["Serpens", "Slithering", "Sinuous", "Wise", "Ancient", "Mysterious"]),
    ("spider", ["Arachnid", "Web", "Silent", "Patient", "Clever", "Stealthy"]),
    ("tiger", ["Tigris", "Bengal", "Siberian", "Striped", "Fierce", "Powerful"]),
    ("toucan", ["Ramphastos", "Colorful", "Beak", "Tropical", "Bright", "Vibrant"]),
    ("turtle", ["Testudo", "Shell", "Ancient", "Wise", "Slow", "Patient"]),
    ("whale", ["Cetacean", "Ocean", "Gentle", "Massive", "Wise", "Deep"]),
    ("wolf", ["Lupus", "Fenrir", "Alpha", "Hunter", "Pack", "Fierce"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.execute(fill_base_names()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.execute(replace_base_names(seeded_base_names(), json("[]"))).await
    }
}

/// Fills what is empty.
pub(super) fn fill_base_names() -> UpdateStatement {
    replace_base_names(json("[]"), seeded_base_names())
}

/// Replaces, in every row that stands in `BASE_NAMES`, base names that equal `old` by `new`.
fn replace_base_names(old: Expr, new: Expr) -> UpdateStatement {
    // `json` has no equality, `jsonb` has.
    let base_names = Expr::col(("naming_spirits", "base_names")).cast_as("jsonb");
    Query::update()
        .table("naming_spirits")
        .value("base_names", new)
        .value("updated_at", Expr::current_timestamp())
        .from(seed())
        .and_where(Expr::col(("naming_spirits", "name")).equals(("seed", "column1")))
        .and_where(base_names.eq(old.cast_as("jsonb")))
        .to_owned()
}

/// `BASE_NAMES` as a list of rows; PostgreSQL names its columns `column1` and `column2`.
fn seed() -> TableRef {
    let rows = BASE_NAMES.map(|(name, base_names)| (name, json_array(&base_names)));
    TableRef::ValuesList(rows.map(IntoValueTuple::into_value_tuple).into(), "seed".into_iden())
}

fn seeded_base_names() -> Expr {
    Expr::col(("seed", "column2")).cast_as("json")
}
