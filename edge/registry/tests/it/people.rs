//! Who people are: the first owner, invitations, and the owner who must stay.

use kizashi_registry::{Error, Language, LinkPurpose, PersonChange, Role};
use sea_orm::ConnectionTrait;

use crate::room::{DAY, NOW, OTHER_PASSWORD, PASSWORD, Room, joined, refusal, set_up, someone};

#[tokio::test]
async fn the_first_owner_comes_by_a_link_and_is_there_after_a_restart() {
    let room = Room::new();
    let registry = room.open().await;
    assert!(registry.setup_needed().await.unwrap());
    let owner = set_up(&registry).await;
    assert_eq!(owner.person.email, "aoi@example.com");
    assert_eq!(owner.person.role, Role::Owner);
    assert!(owner.person.joined);
    assert!(!registry.setup_needed().await.unwrap());
    assert!(matches!(refusal(registry.setup_link(NOW).await), Error::AlreadySetUp));
    registry.close().await.unwrap();

    let registry = room.open().await;
    assert!(!registry.setup_needed().await.unwrap());
    assert_eq!(registry.people().await.unwrap(), vec![owner.person.clone()]);
    let here = registry.session(owner.token.expose(), NOW).await.unwrap();
    assert_eq!(here, Some(owner.person));
}

#[tokio::test]
async fn a_newer_setup_link_replaces_the_older_one() {
    let room = Room::new();
    let registry = room.open().await;
    let old = registry.setup_link(NOW).await.unwrap();
    let new = registry.setup_link(NOW + 1).await.unwrap();
    let with = |token: String| {
        let registry = registry.clone();
        async move {
            registry.set_up(&token, "a@example.com", "A", Language::En, PASSWORD, NOW + 2).await
        }
    };
    assert!(matches!(refusal(with(old.token.expose().to_owned()).await), Error::LinkNotValid));
    assert!(with(new.token.expose().to_owned()).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_use_one_setup_link_exactly_one_becomes_owner() {
    let room = Room::new();
    let registry = room.open().await;
    let link = registry.setup_link(NOW).await.unwrap();
    let tries: Vec<_> = (0..8)
        .map(|n| {
            let (registry, token) = (registry.clone(), link.token.expose().to_owned());
            tokio::spawn(async move {
                let email = format!("p{n}@example.com");
                registry.set_up(&token, &email, "P", Language::En, PASSWORD, NOW).await.is_ok()
            })
        })
        .collect();
    let mut won = 0;
    for one in tries {
        won += usize::from(one.await.unwrap());
    }
    assert_eq!(won, 1);
    assert_eq!(registry.people().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_use_one_invitation_exactly_one_chooses_the_password() {
    let room = Room::new();
    let registry = room.open().await;
    // Another program with the same file open is as good a rival as another task.
    let rival = room.open().await;
    set_up(&registry).await;
    for round in 0..10 {
        let email = format!("p{round}@example.com");
        let new = someone(&email, Role::Viewer);
        let (_, link) = registry.invite(new, "person:1", NOW).await.unwrap();
        let join = |registry: kizashi_registry::Registry, password: &'static str| {
            let token = link.token.expose().to_owned();
            tokio::spawn(async move { registry.join(&token, "X", password, NOW).await })
        };
        let (one, two) = (join(registry.clone(), PASSWORD), join(rival.clone(), OTHER_PASSWORD));
        let (one, two) = (one.await.unwrap(), two.await.unwrap());
        assert!(one.is_ok() != two.is_ok(), "round {round}: {one:?} {two:?}");
        let (right, wrong) = match one.is_ok() {
            true => (PASSWORD, OTHER_PASSWORD),
            false => (OTHER_PASSWORD, PASSWORD),
        };
        assert!(registry.sign_in(&email, wrong, NOW).await.is_err());
        assert!(registry.sign_in(&email, right, NOW).await.is_ok());
    }
}

#[tokio::test]
async fn a_link_works_for_seven_days_and_only_for_its_purpose() {
    let room = Room::new();
    let registry = room.open().await;
    set_up(&registry).await;
    let new = someone("ken@example.com", Role::Rep);
    let (ken, link) = registry.invite(new, "person:1", NOW).await.unwrap();
    let token = link.token.expose();
    assert_eq!(link.expires_at, NOW + 7 * DAY);
    let open = registry.open_link(token, NOW + 7 * DAY - 1).await.unwrap();
    assert_eq!((open.purpose, open.person), (LinkPurpose::Invitation, Some(ken)));
    assert!(matches!(refusal(registry.open_link(token, NOW + 7 * DAY).await), Error::LinkNotValid));
    let late = registry.join(token, "Ken", PASSWORD, NOW + 7 * DAY).await;
    assert!(matches!(refusal(late), Error::LinkNotValid));
    let reset = registry.reset_password(token, PASSWORD, NOW).await;
    assert!(matches!(refusal(reset), Error::LinkNotValid));
    let short = registry.join(token, "Ken", "too short", NOW).await;
    assert!(matches!(refusal(short), Error::PasswordTooShort { has: 9, least: 15 }));
    assert!(
        registry.join(token, "Ken", PASSWORD, NOW).await.is_ok(),
        "a refused try uses nothing up"
    );
    assert!(matches!(refusal(registry.open_link(token, NOW).await), Error::LinkNotValid));
}

#[tokio::test]
async fn a_renewed_link_is_an_invitation_first_and_a_reset_later() {
    let room = Room::new();
    let registry = room.open().await;
    set_up(&registry).await;
    let new = someone("ken@example.com", Role::Rep);
    let (ken, first) = registry.invite(new, "person:1", NOW).await.unwrap();
    let (purpose, second) = registry.renew_link(ken.id, "person:1", NOW).await.unwrap();
    assert_eq!(purpose, LinkPurpose::Invitation);
    let stale = registry.join(first.token.expose(), "Ken", PASSWORD, NOW).await;
    assert!(matches!(refusal(stale), Error::LinkNotValid));
    let here = registry.join(second.token.expose(), "Ken", PASSWORD, NOW).await.unwrap();

    let (purpose, reset) = registry.renew_link(ken.id, "person:1", NOW).await.unwrap();
    assert_eq!(purpose, LinkPurpose::PasswordReset);
    let again = registry.reset_password(reset.token.expose(), OTHER_PASSWORD, NOW).await.unwrap();
    assert_eq!(registry.session(here.token.expose(), NOW).await.unwrap(), None);
    assert!(registry.session(again.token.expose(), NOW).await.unwrap().is_some());
    assert!(registry.sign_in("ken@example.com", PASSWORD, NOW).await.is_err());
    assert!(registry.sign_in("ken@example.com", OTHER_PASSWORD, NOW).await.is_ok());
}

#[tokio::test]
async fn an_address_belongs_to_one_person_in_any_case_and_width() {
    let room = Room::new();
    let registry = room.open().await;
    set_up(&registry).await;
    for email in ["AOI@example.COM", " aoi@example.com ", "ａｏｉ＠ｅｘａｍｐｌｅ．ｃｏｍ"]
    {
        let again = registry.invite(someone(email, Role::Viewer), "person:1", NOW).await;
        assert!(matches!(refusal(again), Error::EmailTaken { .. }), "{email}");
        assert!(registry.person_by_email(email).await.unwrap().is_some(), "{email}");
    }
    for email in ["", "aoi", "@example.com", "aoi@", "a b@example.com", "a@b@c", "a@b\r\nBcc: x"] {
        let wrong = registry.invite(someone(email, Role::Viewer), "person:1", NOW).await;
        assert!(matches!(refusal(wrong), Error::EmailWrong { .. }), "{email}");
    }
    assert_eq!(registry.people().await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_last_active_owner_stays_an_active_owner() {
    let room = Room::new();
    let registry = room.open().await;
    let owner = set_up(&registry).await.person;
    let out = PersonChange { active: Some(false), ..PersonChange::default() };
    let down = PersonChange { role: Some(Role::Manager), ..PersonChange::default() };
    for change in [out.clone(), down.clone()] {
        assert!(matches!(
            refusal(registry.change_person(owner.id, change).await),
            Error::LastOwner
        ));
    }
    // One who was only invited cannot sign in yet, and so does not count.
    let new = someone("rin@example.com", Role::Owner);
    let (rin, link) = registry.invite(new, "person:1", NOW).await.unwrap();
    let early = registry.change_person(owner.id, down.clone()).await;
    assert!(matches!(refusal(early), Error::LastOwner));
    registry.join(link.token.expose(), "Rin", PASSWORD, NOW).await.unwrap();
    let changed = registry.change_person(owner.id, down).await.unwrap();
    assert_eq!(changed.role, Role::Manager);
    assert!(matches!(refusal(registry.change_person(rin.id, out).await), Error::LastOwner));
    assert_eq!(registry.person(rin.id).await.unwrap().map(|rin| rin.active), Some(true));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_owners_who_remove_each_other_at_once_leave_one() {
    for _ in 0..10 {
        let room = Room::new();
        let registry = room.open().await;
        let aoi = set_up(&registry).await.person;
        let rin = joined(&registry, "rin@example.com", Role::Owner).await;
        let remove = |id| {
            let registry = registry.clone();
            let out = PersonChange { active: Some(false), ..PersonChange::default() };
            tokio::spawn(async move { registry.change_person(id, out).await.is_ok() })
        };
        let (one, two) = (remove(aoi.id), remove(rin.id));
        assert!(one.await.unwrap() != two.await.unwrap());
        assert!(!registry.setup_needed().await.unwrap());
    }
}

#[tokio::test]
async fn a_change_touches_what_it_names_and_nothing_else() {
    let room = Room::new();
    let registry = room.open().await;
    set_up(&registry).await;
    let ken = joined(&registry, "ken@example.com", Role::Rep).await;
    let rep = PersonChange { rep: Some(Some("森".to_owned())), ..PersonChange::default() };
    let changed = registry.change_person(ken.id, rep).await.unwrap();
    assert_eq!(changed, kizashi_registry::Person { rep: Some("森".to_owned()), ..ken.clone() });
    let rest = PersonChange {
        rep: Some(None),
        name: Some(" 森 健一 ".to_owned()),
        language: Some(Language::En),
        ..PersonChange::default()
    };
    let changed = registry.change_person(ken.id, rest).await.unwrap();
    assert_eq!((changed.rep, changed.name.as_str()), (None, "森 健一"));
    assert_eq!(changed.language, Language::En);
    let nobody = registry.change_person(99, PersonChange::default()).await;
    assert!(matches!(refusal(nobody), Error::NoSuchPerson(99)));
}

#[tokio::test]
async fn deactivating_ends_sessions_and_links_at_once() {
    let room = Room::new();
    let registry = room.open().await;
    set_up(&registry).await;
    let ken = joined(&registry, "ken@example.com", Role::Rep).await;
    let here = registry.sign_in("ken@example.com", PASSWORD, NOW).await.unwrap();
    let (_, reset) = registry.renew_link(ken.id, "person:1", NOW).await.unwrap();
    let out = PersonChange { active: Some(false), ..PersonChange::default() };
    registry.change_person(ken.id, out).await.unwrap();
    assert_eq!(registry.session(here.token.expose(), NOW).await.unwrap(), None);
    let back = registry.reset_password(reset.token.expose(), OTHER_PASSWORD, NOW).await;
    assert!(matches!(refusal(back), Error::LinkNotValid));
    let wrong = registry.sign_in("ken@example.com", PASSWORD, NOW).await;
    assert!(matches!(refusal(wrong), Error::SignInWrong));
    assert!(matches!(refusal(registry.start_session(ken.id, NOW).await), Error::NotActive { .. }));
    let renewed = registry.renew_link(ken.id, "person:1", NOW).await;
    assert!(matches!(refusal(renewed), Error::NotActive { .. }));

    let back = PersonChange { active: Some(true), ..PersonChange::default() };
    registry.change_person(ken.id, back).await.unwrap();
    assert_eq!(registry.session(here.token.expose(), NOW).await.unwrap(), None, "ended is ended");
    let back = registry.reset_password(reset.token.expose(), OTHER_PASSWORD, NOW).await;
    assert!(matches!(refusal(back), Error::LinkNotValid), "void is void");

    // However someone came to be inactive, their session is worth nothing.
    let here = registry.start_session(ken.id, NOW).await.unwrap();
    let inactive = "UPDATE people SET active = 0 WHERE email = 'ken@example.com'";
    room.connect().await.execute_unprepared(inactive).await.unwrap();
    assert_eq!(registry.session(here.token.expose(), NOW).await.unwrap(), None);
}
