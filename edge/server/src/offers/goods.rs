//! What was bought: the one place that knows which event is a purchase here, and which of its properties names the product.

use std::borrow::Cow;

use facts::{History, Stamp, ValueRef};
use serde::{Deserialize, Serialize};

use crate::{
    host::App,
    http::error::{Answer, ApiError},
    nouns::wire::short_text,
};

/// Under which it is kept.
const KEPT: &str = "goods";

/// The event of a purchase, and the property that names what was bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Goods {
    pub(crate) event: String,
    pub(crate) property: String,
}

impl Default for Goods {
    fn default() -> Goods {
        Goods { event: "purchased".into(), property: "product".into() }
    }
}

impl Goods {
    /// As it was said last, in whatever was learnt of it.
    pub(crate) async fn read(app: &App) -> Answer<Goods> {
        let kept = app.registry.setting(KEPT).await?;
        Ok(kept.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
    }

    /// As it is said now, where it is said at all; kept for whatever is learnt next.
    pub(crate) async fn said(
        app: &App,
        event: Option<String>,
        property: Option<String>,
    ) -> Answer<Goods> {
        let before = Goods::read(app).await?;
        let named = |given: Option<String>, before: &String| match given {
            Some(text) => short_text(&text, 100),
            None => Ok(before.clone()),
        };
        let goods = Goods {
            event: named(event, &before.event)?,
            property: named(property, &before.property)?,
        };
        if goods != before {
            let json = serde_json::to_string(&goods)
                .map_err(|why| ApiError::ours("what goods are", why))?;
            app.registry.put_setting(KEPT, &json, app.clock.real_now().millis()).await?;
        }
        Ok(goods)
    }

    /// Each purchase of a history that says what was bought, the earliest first. A number names a product, too: many
    /// firms have nothing but codes.
    pub(crate) fn bought<'h>(
        &self,
        history: &'h History,
    ) -> impl Iterator<Item = (Stamp, Cow<'h, str>)> {
        let events = history.track(&self.event).map(|track| history.events_of(track));
        let property = self.property.clone();
        events.unwrap_or_default().iter().filter_map(move |event| {
            match history.particulars(event).get(&property) {
                ValueRef::Text(text) => Some((event.stamp, Cow::Borrowed(text))),
                ValueRef::Number(number) => Some((event.stamp, Cow::Owned(number.to_string()))),
                ValueRef::Missing | ValueRef::Bool(_) => None,
            }
        })
    }
}
