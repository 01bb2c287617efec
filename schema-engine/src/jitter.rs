//! Pauses that no two processes make alike, so that they do not meet again and again. Pure but
//! for chance.

use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

/// Between half of `pause` and the whole of it.
pub(crate) fn jittered(pause: Duration) -> Duration {
    // Every state is seeded anew: chance enough for a pause.
    let chance = RandomState::new().hash_one(0_u8) % 1024;
    pause / 2 + pause * u32::try_from(chance).unwrap_or_default() / 2048
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_never_longer_than_asked_and_never_shorter_than_half() {
        let pause = Duration::from_millis(800);
        let pauses: Vec<Duration> = (0..1000).map(|_| jittered(pause)).collect();
        assert!(pauses.iter().all(|it| (pause / 2..=pause).contains(it)), "{pauses:?}");
        assert!(pauses.iter().any(|it| *it != pauses[0]));
    }
}
