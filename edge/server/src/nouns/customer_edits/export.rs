//! Customers as a file for spreadsheets.

use axum::{extract::State, response::Response};
use condition::Language;
use roaring::RoaringBitmap;

use crate::{
    host::{App, cards::Card},
    http::{caller::Caller, error::Answer, language::Spoken, take::Json},
    nouns::{chosen::Chosen, why::csv_file},
};

/// The chosen customers as a file for spreadsheets.
#[utoipa::path(post, path = "/api/v1/customer-export", tag = "customers", request_body = Chosen,
    responses((status = 200, body = String, content_type = "text/csv")))]
pub(crate) async fn export(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Json(chosen): Json<Chosen>,
) -> Answer<Response> {
    let who = chosen.of(&app, &caller)?;
    let (n, text) = (who.len(), customers_csv(&app, &who, language)?);
    let now = app.clock.real_now().millis();
    app.registry
        .audit(&caller.name(), "customers_exported", "customers", Some(&n.to_string()), now)
        .await?;
    Ok(csv_file("customers.csv", text))
}

/// Customers as CSV, in the order in which they became known.
pub(crate) fn customers_csv(app: &App, who: &RoaringBitmap, language: Language) -> Answer<Vec<u8>> {
    let rows: Vec<(u32, Card)> = {
        let live = app.live()?;
        who.iter().filter_map(|one| Some((one, live.cards.get(one)?.clone()))).collect()
    };
    let header = match language {
        Language::Ja => ["顧客番号", "名前", "種別", "営業担当", "業種", "最後の行動"],
        Language::En => ["customer", "name", "kind", "rep", "industry", "last event"],
    };
    let mut out = intake::CsvWriter::new(Vec::new())?;
    out.row(header)?;
    for (customer, card) in rows {
        let kind = match (card.is_company, language) {
            (true, Language::Ja) => "企業",
            (false, Language::Ja) => "個人",
            (true, Language::En) => "company",
            (false, Language::En) => "person",
        };
        let key = app.key_text(customer);
        let last = card.last_event_at.map_or_else(String::new, |at| at.to_string());
        let (rep, industry) = (card.rep.as_deref(), card.industry.as_deref());
        let cells =
            [&key, &card.name, kind, rep.unwrap_or(""), industry.unwrap_or(""), &last as &str];
        out.row(cells)?;
    }
    Ok(out.finish()?)
}
