//! The table of routes: every operation of the API, and what it needs. A test compares it with the OpenAPI text.

use crate::{
    http::{
        access::{Needs, Permission},
        routes::{Route, ask, delete, get, patch, post, put},
    },
    nouns::{
        backups, changes, combinations, crosstab, customer_edits, customers, dictionary, due,
        erasing, facts_in, feed, flows, foretold, health, hooks, imports, inventory, judgements,
        keys, matches, mentions, models, needs, next_offers, offer_rankings, offers, organisations,
        outcomes, outlook, packs, page_rules, pairs, past, patterns, people, preview, profile,
        proofs, proposals, reports, segment_files, segment_merges, segment_reviews, segments,
        session, sign_edits, signs, stream, tags, templates, timeline, today, versions, vocabulary,
        why,
    },
    openapi,
};

/// Every operation of the API.
#[rustfmt::skip]
pub(crate) fn table() -> Vec<Route> {
    use Needs::{May, Nothing, SignedIn};
    use Permission as P;
    vec![
        get("/session", Nothing, session::show),
        post("/session", Nothing, session::sign_in),
        delete("/session", Nothing, session::sign_out),
        post("/session/setup", Nothing, session::set_up),
        post("/session/join", Nothing, session::join),
        get("/people", May(P::ManagePeople), people::list),
        post("/people", May(P::ManagePeople), people::invite),
        patch("/people/{id}", May(P::ManagePeople), people::change),
        post("/people/{id}/link", May(P::ManagePeople), people::renew_link),
        get("/keys", May(P::ManageKeys), keys::list),
        post("/keys", May(P::ManageKeys), keys::make),
        delete("/keys/{id}", May(P::ManageKeys), keys::revoke),

        get("/today", May(P::SeeSigns), today::show),
        post("/today/{customer}/outcome", May(P::RecordOutcome), outcomes::report),
        post("/batches/{batch}/undo", May(P::RecordOutcome), outcomes::undo),

        get("/segments", May(P::SeeSegments), segments::list),
        post("/segments", May(P::EditSegments), segments::make),
        get("/segments/files", May(P::SeeSegments), segment_files::write_file),
        post("/segments/files", May(P::EditSegments), segment_files::take_file),
        ask("/segments/files/compare", May(P::EditSegments), segment_files::compare_file),
        get("/segments/{id}", May(P::SeeSegments), segments::show),
        put("/segments/{id}", May(P::EditSegments), segments::change),
        delete("/segments/{id}", May(P::EditSegments), segments::retire),
        post("/segments/{id}/restore", May(P::EditSegments), segments::restore),
        post("/segments/{id}/review", May(P::EditSegments), segment_reviews::review),
        ask("/segments/{id}/merge/compare", May(P::EditSegments), segment_merges::compare),
        post("/segments/{id}/merge", May(P::EditSegments), segment_merges::merge),
        post("/segments/merges/undo", May(P::EditSegments), segment_merges::undo),
        get("/segments/{id}/members", May(P::SeeSegments), why::members),
        get("/segments/{id}/members.csv", May(P::SeeSegments), why::members_csv),
        get("/segments/{id}/why/{customer}", May(P::SeeSegments), why::why),
        get("/segments/{id}/changes", May(P::SeeSegments), changes::list),
        get("/changes", May(P::SeeSegments), changes::onwards),
        get("/segments/{id}/sizes", May(P::SeeSegments), past::sizes),
        get("/segments/{id}/versions", May(P::SeeSegments), versions::list),
        get("/segments/{id}/versions/{version}", May(P::SeeSegments), versions::show),
        post("/segments/{id}/versions/{version}/restore", May(P::EditSegments), versions::restore),
        get("/segments/{id}/compare", May(P::SeeSegments), versions::compare),
        ask("/preview", May(P::EditSegments), preview::preview),
        ask("/preview/why/{customer}", May(P::EditSegments), preview::why),
        ask("/backtest", May(P::SeeSegments), past::backtest),
        ask("/backtest/stays", May(P::SeeSegments), past::stays),
        get("/combinations", May(P::SeeSegments), combinations::show),
        get("/relations", May(P::SeeSegments), flows::relations),
        get("/flows", May(P::SeeSegments), flows::flows),
        get("/flows/customers", May(P::SeeSegments), flows::customers),
        ask("/crosstab", May(P::SeeSegments), crosstab::table),
        ask("/crosstab/customers", May(P::SeeSegments), crosstab::customers),
        get("/segments/{id}/profile", May(P::SeeSegments), profile::show),
        get("/packs", May(P::SeeSegments), packs::list),
        post("/packs/{id}/install", May(P::EditSegments), packs::install),
        post("/packs/{id}/remove", May(P::EditSegments), packs::remove),
        get("/models", May(P::SeeSegments), models::list),
        get("/models/{id}", May(P::SeeSegments), models::show),
        put("/models/{id}", May(P::EditSegments), models::put),
        delete("/models/{id}", May(P::EditSegments), models::retire),
        post("/models/{id}/learn", May(P::EditSegments), models::learn),
        post("/models/{id}/cancel", May(P::EditSegments), models::cancel),
        get("/models/{id}/prospects", May(P::SeeSegments), models::prospects::prospects),
        get("/customers/{key}/outlook", May(P::SeeCustomers), outlook::show),
        get("/offers", May(P::SeeSegments), offers::list),
        post("/offers", May(P::EditSegments), offers::make),
        post("/offers/files", May(P::EditSegments), offers::take_file),
        get("/offers/{id}", May(P::SeeSegments), offers::show),
        put("/offers/{id}", May(P::EditSegments), offers::change),
        delete("/offers/{id}", May(P::EditSegments), offers::retire),
        post("/offers/{id}/restore", May(P::EditSegments), offers::restore),
        get("/offers/{id}/versions", May(P::SeeSegments), offers::versions),
        get("/offers/{id}/customers", May(P::SeeCustomers), offer_rankings::ranking),
        get("/offers/{id}/match/{customer}", May(P::SeeCustomers), matches::show),
        get("/customers/{key}/offers", May(P::SeeCustomers), matches::of_customer),
        get("/next-offers", May(P::SeeSegments), next_offers::show),
        post("/next-offers", May(P::EditSegments), next_offers::begin),
        delete("/next-offers", May(P::EditSegments), next_offers::cancel),
        get("/customers/{key}/next-offers", May(P::SeeCustomers), next_offers::of_customer),
        get("/replenishment", May(P::SeeSegments), due::show),
        post("/replenishment", May(P::EditSegments), due::begin),
        delete("/replenishment", May(P::EditSegments), due::cancel),
        get("/due", May(P::SeeCustomers), due::list),
        get("/customers/{key}/due", May(P::SeeCustomers), due::of_customer),
        get("/offers/{id}/review", May(P::SeeCustomers), proposals::review),
        get("/customers/{key}/proposals", May(P::SeeCustomers), proposals::list),
        post("/customers/{key}/proposals", May(P::RecordOutcome), proposals::propose),
        post("/customers/{key}/proposals/{proposal}/answer", May(P::RecordOutcome), proposals::answer),
        get("/proposal-rules", May(P::SeeCustomers), proposals::show_rules),
        put("/proposal-rules", May(P::EditSegments), proposals::put_rules),
        get("/needs", May(P::SeeSegments), needs::list),
        put("/needs/{id}", May(P::EditSegments), needs::put),
        delete("/needs/{id}", May(P::EditSegments), needs::retire),
        get("/customers/{key}/needs", May(P::SeeCustomers), needs::of_customer),
        post("/customers/{key}/needs", May(P::RecordOutcome), needs::record),
        get("/vocabulary", May(P::SeeSegments), vocabulary::show),
        get("/templates", May(P::SeeSegments), templates::list),
        get("/condition.schema.json", Nothing, templates::schema),

        get("/customers", May(P::SeeCustomers), customers::list),
        post("/customers", May(P::Import), facts_in::customers),
        get("/customers/{key}", May(P::SeeCustomers), customers::show),
        delete("/customers/{key}", May(P::EraseCustomers), erasing::erase),
        get("/customers/{key}/organisation", May(P::SeeCustomers), organisations::show),
        get("/customers/{key}/timeline", May(P::SeeCustomers), timeline::show),
        ask("/customer-export", May(P::SeeCustomers), customer_edits::export),
        get("/customer-edits", May(P::RecordOutcome), customer_edits::list),
        post("/customer-edits", May(P::RecordOutcome), customer_edits::begin),
        get("/customer-edits/{id}", May(P::RecordOutcome), customer_edits::show),
        delete("/customer-edits/{id}", May(P::RecordOutcome), customer_edits::stop),
        post("/customer-edits/{id}/undo", May(P::RecordOutcome), customer_edits::undo),
        get("/signs", May(P::SeeSigns), signs::list),
        post("/signs", May(P::EditSegments), sign_edits::make),
        post("/signs/files", May(P::EditSegments), sign_edits::take_file),
        get("/sign-feed", May(P::SeeSigns), feed::list),
        get("/signs/{id}", May(P::SeeSigns), sign_edits::show),
        put("/signs/{id}", May(P::EditSegments), sign_edits::change),
        delete("/signs/{id}", May(P::EditSegments), sign_edits::retire),
        post("/signs/{id}/restore", May(P::EditSegments), sign_edits::restore),
        get("/signs/{id}/versions", May(P::SeeSigns), sign_edits::versions),
        get("/signs/{id}/customers", May(P::SeeSigns), signs::carriers),
        get("/signs/{id}/backtest", May(P::SeeSigns), proofs::show),
        post("/signs/{id}/backtest", May(P::EditSegments), proofs::begin),
        delete("/signs/{id}/backtest", May(P::EditSegments), proofs::cancel),
        post("/signs/{id}/judgements", May(P::RecordOutcome), judgements::judge),
        get("/patterns/{kind}", May(P::SeeSigns), patterns::show),
        post("/patterns/{kind}", May(P::EditSegments), patterns::begin),
        delete("/patterns/{kind}", May(P::EditSegments), patterns::cancel),
        get("/foretold", May(P::SeeSigns), foretold::list),
        put("/foretold/{kind}", May(P::EditSegments), foretold::put),
        delete("/foretold/{kind}", May(P::EditSegments), foretold::reset),
        post("/events", May(P::Import), facts_in::events),
        get("/hooks", May(P::ManageKeys), hooks::list),
        put("/hooks/{name}", May(P::ManageKeys), hooks::make),
        delete("/hooks/{name}", May(P::ManageKeys), hooks::remove),
        // Whoever has the hook's secret; the signature is looked at before anything else.
        post("/hooks/{name}", Nothing, hooks::deliver),
        get("/tags", May(P::ManageKeys), tags::list),
        put("/tags/{name}", May(P::ManageKeys), tags::put),
        delete("/tags/{name}", May(P::ManageKeys), tags::remove),
        // Whoever has the tag's key, which anybody may have: it only writes, and only from the sites that were named.
        post("/collect/{key}", Nothing, tags::collect),

        get("/reports", May(P::SeeCustomers), reports::list),
        post("/reports", May(P::RecordOutcome), reports::enter),
        ask("/reports/read", May(P::RecordOutcome), reports::read),
        put("/reports/{customer}/{report}/verdict", May(P::RecordOutcome), reports::judge),
        get("/mentions", May(P::SeeCustomers), mentions::table),
        get("/dictionary", May(P::SeeSegments), dictionary::show),
        put("/dictionary", May(P::EditSegments), dictionary::put),
        post("/dictionary/terms", May(P::EditSegments), dictionary::add_term),
        ask("/dictionary/try", May(P::SeeSegments), dictionary::attempt),
        post("/dictionary/reading", May(P::EditSegments), dictionary::read_again),
        delete("/dictionary/reading", May(P::EditSegments), dictionary::stop_reading),
        get("/dictionary/versions", May(P::SeeSegments), dictionary::versions),
        get("/dictionary/versions/{version}", May(P::SeeSegments), dictionary::then),

        get("/pairs", May(P::Import), pairs::list),
        put("/pairs/{a}/{b}", May(P::Import), pairs::decide),
        put("/pairs/at-once", May(P::Import), pairs::put_at_once),
        post("/pairs/find", May(P::Import), pairs::find),
        delete("/pairs/find", May(P::Import), pairs::stop),

        get("/inventory", May(P::SeeSegments), inventory::show),
        get("/page-rules", May(P::Import), page_rules::show),
        put("/page-rules", May(P::Import), page_rules::put),
        get("/watch-folder", May(P::Import), imports::show_folder),
        // The folder lies on the server's machine, beyond what a workspace holds.
        put("/watch-folder", May(P::ManageKeys), imports::put_folder),
        get("/imports", May(P::Import), imports::list),
        post("/imports", May(P::Import), imports::upload),
        get("/imports/{id}", May(P::Import), imports::show),
        patch("/imports/{id}", May(P::Import), imports::change),
        post("/imports/{id}/check", May(P::Import), imports::check),
        post("/imports/{id}/commit", May(P::Import), imports::commit),
        post("/imports/{id}/cancel", May(P::Import), imports::cancel),
        post("/imports/{id}/undo", May(P::Import), imports::undo),
        get("/imports/{id}/problems.csv", May(P::Import), imports::problems_csv),

        post("/backup", May(P::TakeBackups), backups::take),
        get("/backups", May(P::TakeBackups), backups::list),
        post("/backups", May(P::TakeBackups), backups::begin),
        delete("/backups", May(P::TakeBackups), backups::cancel),
        get("/backups/{name}", May(P::TakeBackups), backups::fetch),
        get("/backups/{name}/check", May(P::TakeBackups), backups::check),
        delete("/backups/{name}", May(P::TakeBackups), backups::remove),
        get("/stream", SignedIn, stream::stream),
        get("/health", Nothing, health::show),
        post("/clock", May(P::ManagePeople), health::move_clock),
        get("/openapi.json", Nothing, openapi::show),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::http::routes::PREFIX;

    #[test]
    fn every_route_is_described_and_says_what_it_needs() {
        let text: serde_json::Value = serde_json::from_str(&openapi::openapi_json()).unwrap();
        let mut described = BTreeMap::new();
        for (path, methods) in text["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let needs = operation["x-needs"].as_str().unwrap_or("missing").to_owned();
                described.insert((path.clone(), method.to_uppercase()), needs);
            }
        }
        let routed: BTreeMap<_, _> = table()
            .into_iter()
            .map(|route| {
                let key = (format!("{PREFIX}{}", route.path), route.method.to_string());
                (key, route.needs.name().to_owned())
            })
            .collect();
        assert_eq!(routed, described);
    }
}
