//! Passwords: which ones are taken, and how they are hashed (argon2id, at most four at once).

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::PasswordHash,
};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Result};

/// The fewest characters of a password. It is the only thing that guards an account, hence no fewer.
pub const PASSWORD_CHARS_LEAST: usize = 15;
/// The most characters of a password.
pub const PASSWORD_CHARS_MOST: usize = 256;

/// Each hash takes 64 MiB, so this bounds the memory that sign-ins can take.
const HASHES_AT_ONCE: usize = 4;

/// What one password hash costs whoever computes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashCost {
    memory_kib: u32,
    passes: u32,
}

impl HashCost {
    /// 64 MiB and three passes, in one lane.
    pub const STANDARD: HashCost = HashCost { memory_kib: 64 * 1024, passes: 3 };
    /// Next to nothing. It protects nobody: for tests only.
    pub const FOR_TESTS: HashCost = HashCost { memory_kib: 64, passes: 1 };
}

/// Hashes and compares passwords off the threads that answer requests.
pub(crate) struct Hasher {
    cost: HashCost,
    turns: Arc<Semaphore>,
}

impl Hasher {
    pub(crate) fn new(cost: HashCost) -> Hasher {
        Hasher { cost, turns: Arc::new(Semaphore::new(HASHES_AT_ONCE)) }
    }

    /// The hash to store, as a PHC string with its own salt.
    pub(crate) async fn hash(&self, password: &str) -> Result<String> {
        let cost = self.cost;
        let password = normal(password);
        self.in_turn(move || {
            let hash = cost.argon2()?.hash_password(password.as_bytes()).map_err(hashing)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether `password` belongs to the stored `hash`, whatever that one cost.
    pub(crate) async fn matches(&self, password: &str, hash: String) -> Result<bool> {
        let password = normal(password);
        self.in_turn(move || {
            let hash = PasswordHash::new(&hash).map_err(hashing)?;
            Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await
    }

    /// Takes as long as [`Hasher::matches`], so that an unknown e-mail cannot be told from a known one.
    pub(crate) async fn pretend(&self, password: &str) -> Result<()> {
        self.hash(password).await.map(|_| ())
    }

    /// Whether `hash` was made at another cost than the one asked for now.
    pub(crate) fn is_dated(&self, hash: &str) -> bool {
        let Ok(hash) = PasswordHash::new(hash) else { return true };
        let param = |name| hash.params.get_decimal(name);
        param("m") != Some(self.cost.memory_kib) || param("t") != Some(self.cost.passes)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = self.turns.clone().acquire_owned().await.map_err(hashing)?;
        let worker = tokio::task::spawn_blocking(move || {
            // The work holds its turn itself: when the caller goes away, the hash still runs to its end.
            let _turn = turn;
            work()
        });
        worker.await.map_err(hashing)?
    }
}

impl HashCost {
    fn argon2(self) -> Result<Argon2<'static>> {
        let params = Params::new(self.memory_kib, self.passes, 1, None).map_err(hashing)?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

fn hashing(why: impl std::fmt::Display) -> Error {
    Error::Hashing(why.to_string())
}

/// One form for what looks alike: full-width letters typed by an input method are the plain ones.
/// A text too long to be a password is none at all, so that nobody makes us normalise megabytes.
fn normal(password: &str) -> String {
    if is_too_long(password) { String::new() } else { password.nfkc().collect() }
}

/// More bytes than the most characters can have.
fn is_too_long(password: &str) -> bool {
    4 * PASSWORD_CHARS_MOST < password.len()
}

/// Refuses a password that is too short, too long, or among the first that anyone would try.
pub(crate) fn check(password: &str, email: &str) -> Result<()> {
    let most = PASSWORD_CHARS_MOST;
    if is_too_long(password) {
        return Err(Error::PasswordTooLong { most });
    }
    let password = normal(password).to_lowercase();
    let has = password.chars().count();
    if has < PASSWORD_CHARS_LEAST {
        return Err(Error::PasswordTooShort { has, least: PASSWORD_CHARS_LEAST });
    }
    if most < has {
        return Err(Error::PasswordTooLong { most });
    }
    if is_common(&password) || password.contains(email) {
        return Err(Error::PasswordCommon);
    }
    Ok(())
}

/// Walks along the keyboard or the alphabet, forwards or backwards.
const WALKS: [&str; 8] = [
    "01234567890123456789012345678901234567890123456789",
    "98765432109876543210987654321098765432109876543210",
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcbazyxwvutsrqponmlkjihgfedcba",
    "qwertyuiopasdfghjklzxcvbnmqwertyuiopasdfghjklzxcvbnm",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "1q2w3e4r5t6y7u8i9o0p1q2w3e4r5t6y7u8i9o0p",
];

/// Words that people choose when they are asked for something long; compared without spaces and signs.
const WORDS: [&str; 16] = [
    "administrator",
    "administrators",
    "administratorpassword",
    "changeme",
    "changethispassword",
    "correcthorsebatterystaple",
    "iloveyou",
    "kizashi",
    "kizashipassword",
    "letmein",
    "mypassword",
    "mypasswordispassword",
    "password",
    "thisismypassword",
    "thispasswordistoolong",
    "welcome",
];

/// The longest piece whose mere repetition is no password.
const REPEATED_CHARS: usize = 10;

fn is_common(password: &str) -> bool {
    let all: Vec<char> = password.chars().collect();
    let repeats = |piece: usize| all.iter().enumerate().all(|(i, c)| *c == all[i % piece]);
    if (1..=REPEATED_CHARS.min(all.len() / 2)).any(repeats) {
        return true;
    }
    if WALKS.iter().any(|walk| walk.contains(password)) {
        return true;
    }
    // Digits at either end add next to nothing: `password123456789` is as well known as `password`.
    let letters: String = password.chars().filter(|c| c.is_alphanumeric()).collect();
    let plain = letters.trim_matches(|c: char| c.is_ascii_digit());
    WORDS.contains(&plain)
}

#[cfg(test)]
mod tests {
    use std::{future::poll_fn, pin::pin, sync::mpsc, task::Poll};

    use super::*;

    #[tokio::test]
    async fn a_fifth_hash_waits_even_when_the_callers_of_the_first_four_have_gone() {
        let hasher = Arc::new(Hasher::new(HashCost::FOR_TESTS));
        let (begun, mut has_begun) = tokio::sync::mpsc::unbounded_channel();
        let mut ends = Vec::new();
        for _ in 0..HASHES_AT_ONCE {
            let (end, ended) = mpsc::channel::<()>();
            ends.push(end);
            let (hasher, begun) = (hasher.clone(), begun.clone());
            let work = move || {
                assert!(begun.send(()).is_ok(), "the test waits for this");
                // Ends when the other side lets go.
                Ok(ended.recv().is_err())
            };
            let caller = tokio::spawn(async move { hasher.in_turn(work).await });
            assert_eq!(has_begun.recv().await, Some(()));
            caller.abort();
            assert!(caller.await.is_err(), "the caller has gone");
        }
        let mut fifth = pin!(hasher.hash("any"));
        let early = poll_fn(|context| Poll::Ready(fifth.as_mut().poll(context))).await;
        assert!(early.is_pending(), "four are at work");
        assert_eq!(hasher.turns.available_permits(), 0);
        drop(ends);
        assert!(fifth.await.is_ok());
    }
}
