//! Getting in: passwords, waiting after wrong ones, sessions and API keys.

use kizashi_registry::{Error, FAILURES_UNTIL_LOCK, HashCost, Registry, Role};
use sea_orm::ConnectionTrait;

use crate::room::{
    DAY, MINUTE, NOW, OTHER_PASSWORD, PASSWORD, Room, SECOND, joined, refusal, set_up,
};

const WRONG: &str = "not the password at all";

#[tokio::test]
async fn signing_in_takes_the_right_password_only_and_tells_nothing_else() {
    let room = Room::new();
    let registry = room.open().await;
    set_up(&registry).await;
    let here = registry.sign_in(" AOI@example.com", PASSWORD, NOW + 5).await.unwrap();
    assert_eq!(here.person.last_seen, Some(NOW + 5));
    let (invited, _) = registry
        .invite(crate::room::someone("ken@example.com", Role::Rep), "person:1", NOW)
        .await
        .unwrap();
    assert!(!invited.joined);
    let wrong = refusal(registry.sign_in("aoi@example.com", WRONG, NOW).await).to_string();
    for email in ["nobody@example.com", "ken@example.com", "", "not an address"] {
        let other = refusal(registry.sign_in(email, PASSWORD, NOW).await);
        assert!(matches!(other, Error::SignInWrong), "{email}");
        assert_eq!(other.to_string(), wrong);
    }
}

#[tokio::test]
async fn a_password_typed_in_full_width_is_the_same_password() {
    let room = Room::new();
    let registry = room.open().await;
    set_up(&registry).await;
    let wide: String = PASSWORD
        .chars()
        .map(|c| match c {
            ' ' => '\u{3000}',
            c => char::from_u32(c as u32 + 0xFEE0).unwrap(),
        })
        .collect();
    assert!(registry.sign_in("aoi@example.com", &wide, NOW).await.is_ok());
}

#[tokio::test]
async fn easy_passwords_are_refused_and_long_ones_taken() {
    let room = Room::new();
    let registry = room.open().await;
    let owner = set_up(&registry).await.person;
    let change = |new: String| {
        let registry = registry.clone();
        async move { registry.change_password(owner.id, PASSWORD, &new, NOW).await }
    };
    let easy = [
        "passwordpassword",
        "aaaaaaaaaaaaaaaa",
        "123456789012345",
        "abcabcabcabcabcab",
        "qwertyuiopasdfgh",
        "Password123456789",
        "1qaz2wsx3edc4rfv",
        "aoi@example.com!!",
        "CorrectHorse BatteryStaple",
        "パスワードパスワードパスワード",
    ];
    for easy in easy {
        let refused = refusal(change(easy.to_owned()).await);
        assert!(matches!(refused, Error::PasswordCommon), "{easy}: {refused}");
    }
    let short = refusal(change("fourteen chars".to_owned()).await);
    assert!(matches!(short, Error::PasswordTooShort { has: 14, least: 15 }));
    for long in ["é".repeat(257), "a b".repeat(100_000)] {
        assert!(matches!(refusal(change(long).await), Error::PasswordTooLong { most: 256 }));
    }
    let sentence: String = (0..64).map(|n| char::from(b'a' + (n * n % 26) as u8)).collect();
    assert!(change(sentence).await.is_ok());
}

#[tokio::test]
async fn wrong_tries_cost_more_and_more_waiting_and_a_right_one_clears_them() {
    let room = Room::new();
    let registry = room.open().await;
    set_up(&registry).await;
    let attempt = |password: &'static str, now| {
        let registry = registry.clone();
        async move { registry.sign_in("aoi@example.com", password, now).await }
    };
    for _ in 0..4 {
        assert!(matches!(refusal(attempt(WRONG, NOW).await), Error::SignInWrong));
    }
    // The fourth costs a second, the fifth two: even the right password waits.
    let waits = refusal(attempt(PASSWORD, NOW + SECOND - 1).await);
    assert!(matches!(waits, Error::SignInWait { until, seconds: 1 } if until == NOW + SECOND));
    assert!(matches!(refusal(attempt(WRONG, NOW + SECOND).await), Error::SignInWrong));
    let waits = refusal(attempt(PASSWORD, NOW + SECOND).await);
    assert!(matches!(waits, Error::SignInWait { until, seconds: 2 } if until == NOW + 3 * SECOND));
    assert!(attempt(PASSWORD, NOW + 3 * SECOND).await.is_ok());
    for _ in 0..4 {
        assert!(matches!(refusal(attempt(WRONG, NOW + DAY).await), Error::SignInWrong));
    }
    assert!(
        attempt(PASSWORD, NOW).await.is_ok(),
        "a clock that was set back makes nobody wait a day"
    );
}

#[tokio::test]
async fn a_hundred_wrong_tries_lock_until_the_password_is_reset() {
    let room = Room::new();
    let registry = room.open().await;
    let owner = set_up(&registry).await.person;
    for email in ["aoi@example.com", "nobody@example.com"] {
        let mut now = NOW;
        for n in 1..=FAILURES_UNTIL_LOCK {
            let refused = refusal(registry.sign_in(email, WRONG, now).await);
            assert!(matches!(refused, Error::SignInWrong), "{email} {n}: {refused}");
            now += 15 * MINUTE;
        }
        let refused = refusal(registry.sign_in(email, PASSWORD, now).await);
        assert!(matches!(refused, Error::SignInLocked), "{email} must not differ: {refused}");
    }
    registry.close().await.unwrap();
    let registry = room.open().await;
    let later = NOW + 365 * DAY;
    let refused = refusal(registry.sign_in("aoi@example.com", PASSWORD, later).await);
    assert!(matches!(refused, Error::SignInLocked), "a restart and a year change nothing");
    let (_, link) = registry.renew_link(owner.id, "cli", later).await.unwrap();
    registry.reset_password(link.token.expose(), OTHER_PASSWORD, later).await.unwrap();
    assert!(registry.sign_in("aoi@example.com", OTHER_PASSWORD, later).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tries_at_the_same_moment_all_count() {
    let room = Room::new();
    let registry = room.open().await;
    set_up(&registry).await;
    let tries: Vec<_> = (0..40)
        .map(|_| {
            let registry = registry.clone();
            tokio::spawn(async move { registry.sign_in("aoi@example.com", WRONG, NOW).await })
        })
        .collect();
    let mut looked_at = 0;
    for one in tries {
        match refusal(one.await.unwrap()) {
            Error::SignInWrong => looked_at += 1,
            Error::SignInWait { .. } => {}
            other => panic!("{other}"),
        }
    }
    assert_eq!(looked_at, 4, "three are free, the fourth starts the waiting");
}

#[tokio::test]
async fn guessing_addresses_does_not_fill_the_disk() {
    let room = Room::new();
    let registry = room.open().await;
    set_up(&registry).await;
    refusal(registry.sign_in("aoi@example.com", WRONG, NOW - DAY).await);
    let connection = room.connect().await;
    let guessed = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) \
         INSERT INTO sign_in_failures SELECT 'guess' || i, 0, 1, {NOW} + i, 0 FROM n"
    );
    connection.execute_unprepared(&guessed).await.unwrap();
    let left = async || {
        let query = "SELECT group_concat(n) FROM (SELECT count(*) AS n FROM sign_in_failures \
                     GROUP BY known ORDER BY known)";
        crate::room::text(&connection, query).await
    };
    assert_eq!(left().await, "20000,1");
    refusal(registry.sign_in("one@example.com", WRONG, NOW + 30_000).await);
    assert_eq!(left().await, "10000,1");
    refusal(registry.sign_in("two@example.com", WRONG, NOW + 30_000 + DAY).await);
    assert_eq!(left().await, "1,1", "a day later only people are remembered, and the newest guess");
}

#[tokio::test]
async fn an_unknown_address_costs_as_much_as_a_known_one() {
    let room = Room::new();
    let registry = Registry::open(&room.path()).await.unwrap();
    set_up(&registry).await;
    let mut took = [std::time::Duration::MAX; 2];
    for _ in 0..3 {
        for (took, email) in took.iter_mut().zip(["aoi@example.com", "nobody@example.com"]) {
            let begun = std::time::Instant::now();
            refusal(registry.sign_in(email, WRONG, NOW).await);
            *took = (*took).min(begun.elapsed());
        }
    }
    let [known, unknown] = took.map(|took| took.as_secs_f64());
    assert!(0.33 < unknown / known && unknown / known < 3.0, "known {known}, unknown {unknown}");
    assert!(0.005 < unknown, "64 MiB three times over is not done in {unknown} s");
}

#[tokio::test]
async fn a_hash_made_cheaply_is_made_anew_at_the_next_sign_in() {
    let room = Room::new();
    let cheap = room.open().await;
    set_up(&cheap).await;
    cheap.close().await.unwrap();
    let dear = Registry::open_with(&room.path(), HashCost::STANDARD).await.unwrap();
    assert!(dear.sign_in("aoi@example.com", PASSWORD, NOW).await.is_ok());
    assert!(dear.sign_in("aoi@example.com", PASSWORD, NOW).await.is_ok());
    dear.close().await.unwrap();
    let bytes = room.bytes();
    let has = |text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
    assert!(has(b"$argon2id$v=19$m=65536,t=3,p=1$"));
}

#[tokio::test]
async fn a_session_lasts_thirty_days_from_its_last_use() {
    let room = Room::new();
    let registry = room.open().await;
    let here = set_up(&registry).await;
    let who = |now| {
        let (registry, token) = (registry.clone(), here.token.expose().to_owned());
        async move { registry.session(&token, now).await.unwrap() }
    };
    assert!(who(NOW + 30 * DAY - 1).await.is_some());
    let seen = who(NOW + 59 * DAY).await.unwrap();
    assert_eq!(seen.last_seen, Some(NOW + 30 * DAY - 1));
    assert!(who(NOW + 59 * DAY + 30 * DAY).await.is_none(), "the end itself is out");
    registry.end_session(here.token.expose()).await.unwrap();
    assert!(who(NOW + 59 * DAY).await.is_none());
    for stranger in ["", "x", "' OR 1=1 --", &"x".repeat(100_000)] {
        assert!(registry.session(stranger, NOW).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    let room = Room::new();
    let registry = room.open().await;
    let first = set_up(&registry).await;
    let second = registry.sign_in("aoi@example.com", PASSWORD, NOW).await.unwrap();
    let id = first.person.id;
    let wrong = registry.change_password(id, WRONG, OTHER_PASSWORD, NOW).await;
    assert!(matches!(refusal(wrong), Error::SignInWrong));
    assert!(registry.session(first.token.expose(), NOW).await.unwrap().is_some());
    let third = registry.change_password(id, PASSWORD, OTHER_PASSWORD, NOW).await.unwrap();
    for old in [&first, &second] {
        assert_eq!(registry.session(old.token.expose(), NOW).await.unwrap(), None);
    }
    assert!(registry.session(third.token.expose(), NOW).await.unwrap().is_some());
    assert_eq!(registry.end_sessions(id).await.unwrap(), 1);
    assert_eq!(registry.session(third.token.expose(), NOW).await.unwrap(), None);
}

#[tokio::test]
async fn a_key_works_until_it_is_revoked() {
    let room = Room::new();
    let registry = room.open().await;
    let (key, secret) =
        registry.add_key("nightly load", Role::Manager, "person:1", NOW).await.unwrap();
    assert_eq!(secret.expose().len(), 3 + 43);
    assert!(secret.expose().starts_with(&key.prefix) && key.prefix.starts_with("kz_"));
    assert_eq!(key.prefix.len(), 8);
    let used = registry.key(secret.expose(), NOW + 1).await.unwrap().unwrap();
    assert_eq!((used.id, used.role), (key.id, Role::Manager));
    assert_eq!(registry.keys().await.unwrap()[0].last_used_at, Some(NOW + 1));
    registry.key(secret.expose(), NOW + MINUTE).await.unwrap();
    assert_eq!(registry.keys().await.unwrap()[0].last_used_at, Some(NOW + 1));
    registry.key(secret.expose(), NOW + 1 + MINUTE).await.unwrap();
    assert_eq!(registry.keys().await.unwrap()[0].last_used_at, Some(NOW + 1 + MINUTE));
    registry.revoke_key(key.id, NOW + 9).await.unwrap();
    assert_eq!(registry.key(secret.expose(), NOW + 9).await.unwrap(), None);
    assert!(matches!(refusal(registry.revoke_key(key.id, NOW).await), Error::NoSuchKey(_)));
    assert_eq!(registry.keys().await.unwrap()[0].revoked_at, Some(NOW + 9));
    let owner = registry.add_key("too much", Role::Owner, "person:1", NOW).await;
    assert!(matches!(refusal(owner), Error::KeyForOwner));
    assert_eq!(registry.key("kz_", NOW).await.unwrap(), None);
    assert_eq!(registry.key("", NOW).await.unwrap(), None);
}

#[tokio::test]
async fn no_secret_is_in_the_files_or_in_debug_text() {
    let room = Room::new();
    let registry = room.open().await;
    let unused = registry.setup_link(NOW).await.unwrap();
    let here = set_up(&registry).await;
    joined(&registry, "ken@example.com", Role::Rep).await;
    let (_, reset) = registry.renew_link(here.person.id, "person:1", NOW).await.unwrap();
    let (_, key) = registry.add_key("load", Role::Viewer, "person:1", NOW).await.unwrap();
    // Before and after closing: the write-ahead log is searched, then the file itself.
    for open in [true, false] {
        if !open {
            registry.close().await.unwrap();
        }
        let bytes = room.bytes();
        let has = |text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
        assert!(has(b"ken@example.com"), "the search would find what is there");
        for secret in [&unused.token, &here.token, &reset.token, &key] {
            let text = secret.expose().trim_start_matches("kz_");
            // Past the characters of an API key that are shown.
            assert!(!has(&text.as_bytes()[8..]));
            assert!(!has(&raw(text)));
            assert!(!format!("{secret:?} {reset:?} {here:?}").contains(text));
        }
        assert!(!has(PASSWORD.as_bytes()));
    }
}

/// The 32 bytes that a token writes in base64url.
fn raw(text: &str) -> Vec<u8> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: Vec<u8> = text
        .chars()
        .map(|c| DIGITS.find(c).unwrap() as u8)
        .flat_map(|digit| (0..6).rev().map(move |bit| digit >> bit & 1))
        .collect();
    let bytes: Vec<u8> =
        bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | bit)).collect();
    assert_eq!(bytes.len(), 32);
    bytes
}
