//! Chance that can be repeated. Pure.

/// Gives the same throws for the same seed (`SplitMix64`).
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).expect("less than a usize")
    }

    /// Whether one of `percent` cases in a hundred is met.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Some of them, in any order.
    pub(super) fn some<T: Clone>(&mut self, from: &[T], least: usize, most: usize) -> Vec<T> {
        let mut left = from.to_vec();
        let count = (least + self.below(most - least + 1)).min(left.len());
        (0..count).map(|_| left.swap_remove(self.below(left.len()))).collect()
    }
}

/// What one database is grown from, and another like it.
#[derive(Debug, Clone)]
pub(super) struct Seed {
    pub(super) base: u64,
    /// How many things in a hundred are others.
    pub(super) changed: usize,
}

impl Seed {
    /// The chance that a thing has, whatever becomes of the others.
    pub(super) fn dice(&self, thing: &str) -> Dice {
        let salt = thing.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut dice = Dice::new(self.base ^ salt);
        let (usual, other) = (dice.next(), dice.next());
        Dice::new(if dice.chance(self.changed) { other } else { usual })
    }
}
