//! Erasing a customer for good: the facts on disk, what was made of them, and what imports kept of rows.

use axum::extract::State;
use facts::CustomerKey;
use serde::Serialize;
use store::Watch;
use utoipa::ToSchema;

use crate::{
    host::{App, checkpoint::Changes},
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        take::Path,
    },
    nouns::imports::forget_rows,
};

/// What was erased.
#[derive(Serialize, ToSchema)]
pub(crate) struct Erasure {
    /// How many facts were on disk; 0 when the customer had been erased before.
    facts: u64,
    /// How many uploaded files still wait to be imported. They are kept as they came; cancel those that should go.
    waiting_files: usize,
}

/// Erases a customer: every fact, the keys and addresses, and what imports kept of rows. What comes in of the customer
/// later is refused. There is no way back.
#[utoipa::path(delete, path = "/api/v1/customers/{key}", tag = "customers",
    responses((status = 200, body = Erasure)))]
pub(crate) async fn erase(
    State(app): State<App>,
    caller: Caller,
    Path(key): Path<String>,
) -> Answer<axum::Json<Erasure>> {
    let key = CustomerKey::new(&key).map_err(|_| ApiError::not_found())?;
    if app.store.number_ever_of(&key).is_none() && !app.store.is_erased(&key) {
        return Err(ApiError::not_found());
    }
    let erased = app
        .blocking(move |app| {
            let writing = app.writing(Changes::Beside);
            let erased = app.store.erase(&[key], app.clock.now(), &Watch::NONE)?;
            app.judge_touched(writing, &erased.customers);
            app.read_texts_of(&erased.customers);
            app.forget_past();
            Ok(erased)
        })
        .await?;
    let waiting_files = forget_rows(&app).await?;
    let now = app.clock.real_now().millis();
    for customer in &erased.customers {
        // The number says who it was only as long as the facts did.
        let on = format!("customer_number:{}", customer.0);
        app.registry.audit(&caller.name(), "customer_erased", &on, None, now).await?;
    }
    Ok(axum::Json(Erasure { facts: erased.facts, waiting_files }))
}
