//! The planted signs in words and in the condition language: the same conditions the tests check by hand.

use serde_json::{Value as Json, json};

use crate::{
    stories::{CHURN_LEAD, FOLLOW_UP_LEAD, PURCHASE_LEAD, UPSELL_LEAD},
    supplies,
    truth::{Leak, Noise, PlantedSign, Sentence, SignName},
    words::products::{FEATURES, PLANS, RIVALS},
};

fn say(ja: &str, en: &str) -> Sentence {
    Sentence { ja: ja.to_owned(), en: en.to_owned() }
}

/// A sign on nobody yet.
pub(crate) fn sign(sign: SignName) -> PlantedSign {
    match sign {
        SignName::Purchase => purchase(),
        SignName::Upsell => upsell(),
        SignName::Churn => churn(),
        SignName::Replenishment => replenishment(),
        SignName::FollowUp => follow_up(),
    }
}

fn purchase() -> PlantedSign {
    PlantedSign {
        sign: SignName::Purchase,
        condition: say(
            "直近14日に料金ページを3回以上見て、導入事例を120秒以上読み、資料をダウンロードした",
            "in the last 14 days viewed the pricing page at least 3 times, read a case study for at least 120 seconds and downloaded a document",
        ),
        draft: json!({ "all": [
            { "event": "page_viewed", "where": [{ "property": "page_type", "is": "pricing" }],
              "count": { "at_least": 3 }, "last": "14d" },
            { "event": "page_viewed", "where": [{ "property": "page_type", "is": "case_study" },
              { "property": "dwell_seconds", "at_least": "120" }], "last": "14d" },
            { "event": "document_downloaded", "last": "14d" },
        ] }),
        features: vec![
            say(
                "料金ページの閲覧が14日で3回以上",
                "pricing page viewed at least 3 times in 14 days",
            ),
            say("導入事例を長く読む", "a case study read for long"),
            say("資料のダウンロード", "a document downloaded"),
        ],
        outcome: say("案件が受注になる", "the deal is won"),
        outcome_draft: json!({ "event": "deal_moved", "where": [
            { "property": "stage", "is": "won" }, { "property": "deal_name", "is": "新規導入" }] }),
        lead_days: PURCHASE_LEAD,
        carriers_now: Vec::new(),
        past: Vec::new(),
        outcomes_without: Vec::new(),
    }
}

fn upsell() -> PlantedSign {
    // What a plan does not have is in every larger one.
    let by_plan: Vec<Json> = [1_usize, 2]
        .into_iter()
        .map(|plan| {
            let larger: Vec<&str> = PLANS[plan + 1..].iter().map(|plan| plan.name).collect();
            let wanted: Vec<&str> = FEATURES
                .iter()
                .filter(|feature| plan < feature.1)
                .map(|feature| feature.0)
                .collect();
            json!({ "all": [
                { "attribute": "plan", "is": PLANS[plan].name },
                { "event": "help_searched", "where": [{ "property": "words", "in": wanted }],
                  "count": { "at_least": 2 }, "last": "30d" },
                { "event": "page_viewed", "where": [{ "property": "page_type", "is": "feature" },
                  { "property": "plan", "in": larger }], "count": { "at_least": 2 }, "last": "30d" },
            ] })
        })
        .collect();
    PlantedSign {
        sign: SignName::Upsell,
        condition: say(
            "利用者数が上限の80%以上で、直近30日に上位プランの機能をヘルプで2回以上検索し、上位プランが必要な機能ページを2回以上見た",
            "uses at least 80 % of the users' limit, and in the last 30 days searched the help for features of a larger plan at least twice and viewed pages of such features at least twice",
        ),
        draft: json!({ "all": [
            { "attribute": "users_used", "at_least": { "attribute": "users_limit", "times": "0.8" } },
            { "any": by_plan },
        ] }),
        features: vec![
            say("利用者数が上限の80%以上", "at least 80 % of the users' limit used"),
            say("上位プランの機能をヘルプで検索", "help searched for features of a larger plan"),
            say("上位プランが必要なページの閲覧", "pages viewed that need a larger plan"),
        ],
        outcome: say("上位プランに変わる", "a larger plan is taken"),
        outcome_draft: json!({ "event": "plan_changed" }),
        lead_days: UPSELL_LEAD,
        carriers_now: Vec::new(),
        past: Vec::new(),
        outcomes_without: Vec::new(),
    }
}

fn churn() -> PlantedSign {
    let mut words = vec![json!({ "event": "help_searched",
        "where": [{ "property": "words", "contains": "解約" }], "last": "30d" })];
    words.extend(RIVALS.iter().map(|rival| {
        json!({ "event": "help_searched",
            "where": [{ "property": "words", "contains": rival }], "last": "30d" })
    }));
    PlantedSign {
        sign: SignName::Churn,
        condition: say(
            "直近30日のログインがその前の30日の50%以下に落ち、30日以内にクレームと、解約または競合の検索がある",
            "logins of the last 30 days fell to at most 50 % of the 30 days before, with a complaint and a search for cancelling or a rival within 30 days",
        ),
        draft: json!({ "all": [
            { "trend": { "event": "login" }, "now": { "last": "30d" }, "before": { "ago": ["60d", "30d"] },
              "is": { "at_most": { "percent": 50 } }, "base_at_least": "4" },
            { "event": "inquired", "where": [{ "property": "kind", "is": "complaint" }], "last": "30d" },
            { "any": words },
        ] }),
        features: vec![
            say("ログインが前の30日の50%以下", "logins at most 50 % of the 30 days before"),
            say("クレーム", "a complaint"),
            say("解約や競合の検索", "a search for cancelling or a rival"),
        ],
        outcome: say("解約する", "the contract is cancelled"),
        outcome_draft: json!({ "event": "cancelled" }),
        lead_days: CHURN_LEAD,
        carriers_now: Vec::new(),
        past: Vec::new(),
        outcomes_without: Vec::new(),
    }
}

fn replenishment() -> PlantedSign {
    PlantedSign {
        sign: SignName::Replenishment,
        condition: say(
            "同じ商品について、前回の購入から自分の購入間隔の1.5倍より長く経ち、直近14日にその商品のページを3回以上見て、まだ買っていない",
            "for one product: longer than 1.5 times the own usual gap since the last purchase, its page viewed at least 3 times in the last 14 days, not bought",
        ),
        draft: json!({ "some": "product", "of": "purchased", "satisfies": { "all": [
            { "rhythm": "purchased", "overdue_by": "1.5", "gaps_at_least": 2 },
            { "event": "page_viewed", "count": { "at_least": 3 }, "last": "14d" },
        ] } }),
        features: vec![
            say("自分の購入間隔を過ぎている", "overdue by the own rhythm"),
            say("同じ商品のページを繰り返し見る", "the same product's page viewed repeatedly"),
        ],
        outcome: say("その商品を買う", "that product is bought"),
        outcome_draft: json!({ "event": "purchased" }),
        lead_days: supplies::LEAD,
        carriers_now: Vec::new(),
        past: Vec::new(),
        outcomes_without: Vec::new(),
    }
}

fn follow_up() -> PlantedSign {
    PlantedSign {
        sign: SignName::FollowUp,
        condition: say(
            "直近30日に資料を請求し、7日以内にメールを開封して、その後まだ商談が設定されていない",
            "asked for materials in the last 30 days, opened a mail within 7 days after it, and no meeting has been set since",
        ),
        draft: json!({ "sequence": [
            { "event": "materials_requested" },
            { "event": "mail_opened", "within": "7d" } ],
            "last": "30d", "never_since": { "event": "meeting_set" } }),
        features: vec![
            say("資料請求", "materials asked for"),
            say("請求後7日以内のメール開封", "a mail opened within 7 days after it"),
        ],
        outcome: say("商談が設定される", "a meeting is set"),
        outcome_draft: json!({ "event": "meeting_set" }),
        lead_days: FOLLOW_UP_LEAD,
        carriers_now: Vec::new(),
        past: Vec::new(),
        outcomes_without: Vec::new(),
    }
}

/// What foretells nothing.
pub(crate) fn noise() -> Vec<Noise> {
    let colours = [("青", "blue"), ("緑", "green"), ("黄", "yellow"), ("赤", "red")];
    let mut noise = vec![
        Noise {
            what: say("季節の壁紙ページの閲覧", "the page with seasonal wallpapers viewed"),
            draft: json!({ "event": "page_viewed",
                "where": [{ "property": "page", "is": "季節の壁紙とカレンダー" }], "last": "30d" }),
        },
        Noise {
            what: say("ショールームへの来場", "the showroom visited"),
            draft: json!({ "event": "visited", "last": "30d" }),
        },
        Noise {
            what: say("社食の好みのアンケート回答", "the survey on lunches answered"),
            draft: json!({ "event": "survey_answered", "last": "30d" }),
        },
    ];
    noise.extend(colours.map(|(ja, en)| Noise {
        what: say(&format!("台帳の色が{ja}"), &format!("the ledger's colour is {en}")),
        draft: json!({ "attribute": "ledger_colour", "is": ja }),
    }));
    noise
}

/// What comes with the outcomes.
pub(crate) fn leaks() -> Vec<Leak> {
    let leak = |name: &str, ja: &str, en: &str| Leak { name: name.to_owned(), why: say(ja, en) };
    vec![
        leak(
            "onboarding_scheduled",
            "受注が決まってから記録される",
            "noted once the deal is as good as won",
        ),
        leak(
            "exit_survey_answered",
            "解約の申し出の後に記録される",
            "noted once leaving has been decided",
        ),
        leak("status", "契約や解約と同時に変わる", "changes with the contract and its end"),
        leak("contract_renews_on", "解約と同時に消える", "erased by the cancellation"),
        leak("plan_price", "プラン変更と同時に変わる", "changes with the plan"),
    ]
}
