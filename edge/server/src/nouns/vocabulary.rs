//! The names in use, for the form in which conditions are written.

use axum::extract::State;
use condition::{Language, label_of_attribute, label_of_event, label_of_property};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

use crate::{
    host::App,
    http::{access::Permission, caller::Caller, error::Answer, language::Spoken},
    nouns::why::SegmentName,
};

/// The names in use.
#[derive(Serialize, ToSchema)]
pub(crate) struct Vocabulary {
    events: Vec<EventWord>,
    attributes: Vec<AttributeWord>,
    segments: Vec<SegmentName>,
}

/// A name of events.
#[derive(Serialize, ToSchema)]
pub(crate) struct EventWord {
    name: String,
    label: String,
    /// How many events have it.
    count: u64,
    properties: Vec<PropertyWord>,
}

/// A property of events.
#[derive(Serialize, ToSchema)]
pub(crate) struct PropertyWord {
    key: String,
    label: String,
    kind: ValueKind,
    samples: Vec<String>,
}

/// An attribute of customers.
#[derive(Serialize, ToSchema)]
pub(crate) struct AttributeWord {
    key: String,
    label: String,
    kind: ValueKind,
    samples: Vec<String>,
    /// How many customers have it.
    filled: u64,
}

/// The kind of value seen most often.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ValueKind {
    Text,
    Number,
    Bool,
    Date,
}

impl From<store::Kind> for ValueKind {
    fn from(kind: store::Kind) -> ValueKind {
        match kind {
            store::Kind::Text => ValueKind::Text,
            store::Kind::Number => ValueKind::Number,
            store::Kind::Bool => ValueKind::Bool,
            store::Kind::Date => ValueKind::Date,
        }
    }
}

/// The names in use. Samples are values of customers, so only who sees all customers gets them.
#[utoipa::path(get, path = "/api/v1/vocabulary", tag = "segments", responses((status = 200, body = Vocabulary)))]
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
) -> Answer<axum::Json<Vocabulary>> {
    let catalogue = app.live()?.catalogue.clone();
    let names = app.blocking(|app| Ok(app.store.names())).await?;
    let samples = |samples: &[Arc<str>]| match caller.may(Permission::SeeAllCustomers) {
        true => samples.iter().map(|sample| sample.to_string()).collect(),
        false => vec![],
    };
    let events = names.events.iter().map(|event| EventWord {
        label: label_of_event(event.name.as_str(), language),
        name: event.name.to_string(),
        count: event.events,
        properties: event
            .properties
            .iter()
            .map(|property| PropertyWord {
                key: property.key.to_string(),
                label: label_of_property(&property.key, language),
                kind: property.kind.into(),
                samples: samples(&property.samples),
            })
            .collect(),
    });
    let attributes = names.attributes.iter().map(|attribute| AttributeWord {
        key: attribute.key.to_string(),
        label: label_of_attribute(&attribute.key, language),
        kind: attribute.kind.into(),
        samples: samples(&attribute.samples),
        filled: attribute.filled,
    });
    Ok(axum::Json(Vocabulary {
        events: events.collect(),
        attributes: attributes.collect(),
        segments: segments(&catalogue, language),
    }))
}

fn segments(catalogue: &crate::host::catalogue::Catalogue, language: Language) -> Vec<SegmentName> {
    let one = |segment: &::segments::Segment| SegmentName {
        id: segment.id.to_string(),
        name: segment.name.get(language).to_owned(),
    };
    catalogue.segments().map(one).collect()
}
