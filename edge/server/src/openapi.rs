//! The API described by its own code, for programs and for the web app's typed client.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        ContentBuilder, Ref, RefOr, ResponseBuilder, Schema,
        extensions::ExtensionsBuilder,
        path::{Operation, PathItem},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{
    api,
    http::{error::ErrorBody, routes::PREFIX},
    nouns::{
        backups, changes, combinations, crosstab, customer_edits, customers, dictionary, due,
        erasing, facts_in, feed, flows, foretold, health, hooks, imports, inventory, judgements,
        keys, matches, mentions, models, needs, next_offers, offer_rankings, offers, organisations,
        outcomes, outlook, packs, page_rules, pairs, past, patterns, people, preview, profile,
        proofs, proposals, reports, segment_files, segment_merges, segment_reviews, segments,
        session, sign_edits, signs, stream, tags, templates, timeline, today, versions, vocabulary,
        why,
    },
};

/// All operations. What each needs is put in from the table of routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kizashi",
        description = "Which customers to turn to now, why, and with which words. \
                       Sentences come in the language of `Accept-Language` (ja or en)."
    ),
    paths(
        session::show, session::sign_in, session::sign_out, session::set_up, session::join,
        people::list, people::invite, people::change, people::renew_link,
        keys::list, keys::make, keys::revoke,
        today::show, outcomes::report, outcomes::undo,
        segments::list, segments::make, segments::show, segments::change, segments::retire,
        segments::restore, segment_reviews::review, segment_merges::compare, segment_merges::merge,
        segment_merges::undo, segment_files::write_file, segment_files::take_file, segment_files::compare_file,
        why::members, why::members_csv, why::why, preview::preview, preview::why, vocabulary::show,
        templates::list, templates::schema, packs::list, packs::install, packs::remove,
        crosstab::table, crosstab::customers, profile::show,
        models::list, models::show, models::put, models::retire, models::learn, models::cancel,
        models::prospects::prospects, outlook::show,
        offers::list, offers::make, offers::take_file, offers::show, offers::change, offers::retire,
        offers::restore, offers::versions, offer_rankings::ranking, matches::show, matches::of_customer,
        next_offers::show, next_offers::begin, next_offers::cancel, next_offers::of_customer,
        due::show, due::begin, due::cancel, due::list, due::of_customer,
        proposals::review, proposals::list, proposals::propose, proposals::answer, proposals::show_rules,
        proposals::put_rules, needs::list, needs::put, needs::retire, needs::of_customer, needs::record,
        changes::list, changes::onwards, past::backtest, past::stays, past::sizes, versions::list, versions::show,
        versions::compare, versions::restore, flows::relations, combinations::show, flows::flows, flows::customers,
        customer_edits::export, customer_edits::list, customer_edits::begin, customer_edits::show,
        customer_edits::stop, customer_edits::undo,
        organisations::show,
        customers::list, customers::show, erasing::erase, timeline::show, signs::list, signs::carriers,
        sign_edits::make, sign_edits::take_file, sign_edits::show, sign_edits::change, sign_edits::retire,
        sign_edits::restore, sign_edits::versions, feed::list,
        proofs::show, proofs::begin, proofs::cancel, foretold::list, foretold::put, foretold::reset,
        judgements::judge, patterns::show, patterns::begin, patterns::cancel,
        facts_in::events, facts_in::customers, hooks::list, hooks::make, hooks::remove, hooks::deliver,
        reports::list, reports::enter, reports::read, reports::judge, mentions::table,
        dictionary::show, dictionary::put, dictionary::add_term, dictionary::attempt,
        dictionary::read_again, dictionary::stop_reading, dictionary::versions, dictionary::then,
        tags::list, tags::put, tags::remove, tags::collect,
        pairs::list, pairs::decide, pairs::put_at_once, pairs::find, pairs::stop,
        inventory::show, page_rules::show, page_rules::put,
        imports::show_folder, imports::put_folder, imports::list, imports::upload, imports::show, imports::change, imports::check,
        imports::commit, imports::cancel, imports::undo, imports::problems_csv,
        backups::take, backups::list, backups::begin, backups::cancel, backups::fetch, backups::check, backups::remove, stream::stream, health::show, health::move_clock, show
    ),
    components(schemas(
        ErrorBody,
        due::DueWhen,
        facts_in::NewEvent,
        facts_in::NewAttributes,
        stream::Hello,
        imports::ImportProgress
    )),
    modifiers(&Needed)
)]
struct Api;

/// Says on each operation what it needs, and how it fails.
struct Needed;

impl Modify for Needed {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("kizashi_session")));
        components.add_security_scheme("session", cookie);
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("key", SecurityScheme::Http(bearer));
        let mut requested = vec![];
        for route in api::table() {
            let path = openapi.paths.paths.get_mut(&format!("{PREFIX}{}", route.path));
            let operation = path.and_then(|item| operation(item, route.method.as_str()));
            if let Some(operation) = operation {
                complete(operation, route.needs.name());
                requested.extend(schemas_in(&operation.request_body));
                // Handlers go by their verb alone; here each needs a name that no other has.
                let path = route.path.replace(['{', '}'], "").replace(['/', '.'], "_");
                operation.operation_id = Some(route.method.as_str().to_lowercase() + &path);
            }
        }
        // A request may leave out what may be null; an answer always has it.
        let schemas = &mut openapi.components.get_or_insert_default().schemas;
        let requests = with_all_within(requested, schemas);
        for (_, schema) in schemas.iter_mut().filter(|(name, _)| !requests.contains(*name)) {
            require_nullable(schema);
        }
    }
}

/// The names of all schemas that these ones lead to, themselves included.
fn with_all_within(
    mut names: Vec<String>,
    schemas: &BTreeMap<String, RefOr<Schema>>,
) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    while let Some(name) = names.pop() {
        if all.insert(name.clone()) {
            names.extend(schemas.get(&name).map(schemas_in).unwrap_or_default());
        }
    }
    all
}

/// The names of the schemas that a part of the description refers to.
fn schemas_in(part: &impl Serialize) -> Vec<String> {
    let text = serde_json::to_string(part).unwrap_or_default();
    let names = text.split("#/components/schemas/").skip(1);
    names.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// Requires every field that may be null.
fn require_nullable(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            for (name, property) in &object.properties {
                let text = serde_json::to_string(property).unwrap_or_default();
                if text.contains("\"null\"") && !object.required.contains(name) {
                    object.required.push(name.clone());
                }
            }
        }
        RefOr::T(Schema::AllOf(all)) => all.items.iter_mut().for_each(require_nullable),
        _ => {}
    }
}

fn operation<'a>(item: &'a mut PathItem, method: &str) -> Option<&'a mut Operation> {
    match method {
        "GET" => item.get.as_mut(),
        "POST" => item.post.as_mut(),
        "PUT" => item.put.as_mut(),
        "PATCH" => item.patch.as_mut(),
        "DELETE" => item.delete.as_mut(),
        _ => None,
    }
}

fn complete(operation: &mut Operation, needs: &'static str) {
    let needs = ExtensionsBuilder::new().add("x-needs", needs).build();
    operation.extensions.get_or_insert_default().merge(needs);
    let content =
        ContentBuilder::new().schema(Some(RefOr::Ref(Ref::from_schema_name("ErrorBody")))).build();
    let error = ResponseBuilder::new()
        .description("What went wrong: see `code` and `message`.")
        .content("application/json", content)
        .build();
    operation.responses.responses.insert("default".to_owned(), RefOr::T(error));
}

/// The description of the API as JSON text, always the same for the same code.
pub fn openapi_json() -> String {
    let text = Api::openapi().to_pretty_json();
    text.map_or_else(|_| "{}\n".to_owned(), |text| text + "\n")
}

/// The description of the API.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "server",
    responses((status = 200, description = "OpenAPI 3.1", content_type = "application/json")))]
pub(crate) async fn show() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], openapi_json()).into_response()
}
