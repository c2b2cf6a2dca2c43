//! Just enough of JSON Schema (draft 2020-12) to hold documents to our own schema. A keyword it does not know is refused,
//! so that nothing in the schema goes unheeded.

use serde_json::{Map, Value as Json};

/// Whether a document fits.
pub(crate) fn fits(schema: &Json, document: &Json) -> bool {
    Validator { root: schema }.fits(schema, document)
}

struct Validator<'a> {
    root: &'a Json,
}

impl Validator<'_> {
    fn fits(&self, schema: &Json, document: &Json) -> bool {
        let Json::Object(keywords) = schema else { return schema.as_bool().expect("a schema") };
        keywords.iter().all(|(keyword, asked)| self.keyword(keyword, asked, keywords, document))
    }

    fn keyword(
        &self,
        keyword: &str,
        asked: &Json,
        beside: &Map<String, Json>,
        document: &Json,
    ) -> bool {
        let each = || asked.as_array().expect("a list of schemas").iter();
        let n_fitting = || each().filter(|schema| self.fits(schema, document)).count();
        let has = |key: &Json| document.get(key.as_str().expect("a key")).is_some();
        let length = |n: Option<usize>| n.map(|n| n as u64);
        match keyword {
            "$schema" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let place = asked.as_str().and_then(|text| text.strip_prefix('#'));
                let schema = self.root.pointer(place.expect("a reference in the document"));
                self.fits(schema.expect("something is there"), document)
            }
            "type" => match asked {
                Json::Array(kinds) => kinds.iter().any(|kind| is_of(kind, document)),
                kind => is_of(kind, document),
            },
            "enum" => each().any(|word| word == document),
            "pattern" => document.as_str().is_none_or(|text| {
                regex::Regex::new(asked.as_str().expect("a pattern")).expect("sound").is_match(text)
            }),
            "minLength" => {
                let n = document.as_str().map(|text| text.chars().count());
                length(n).is_none_or(|n| asked.as_u64() <= Some(n))
            }
            "minimum" => document.as_f64().is_none_or(|n| asked.as_f64() <= Some(n)),
            "maximum" => document.as_f64().is_none_or(|n| Some(n) <= asked.as_f64()),
            "minItems" => {
                length(document.as_array().map(Vec::len)).is_none_or(|n| asked.as_u64() <= Some(n))
            }
            "maxItems" => {
                length(document.as_array().map(Vec::len)).is_none_or(|n| Some(n) <= asked.as_u64())
            }
            "minProperties" => {
                length(document.as_object().map(Map::len)).is_none_or(|n| asked.as_u64() <= Some(n))
            }
            "prefixItems" => document.as_array().is_none_or(|items| {
                items.iter().zip(each()).all(|(item, schema)| self.fits(schema, item))
            }),
            "items" => {
                let skipped =
                    beside.get("prefixItems").and_then(Json::as_array).map_or(0, Vec::len);
                let items = document.as_array().into_iter().flatten().skip(skipped);
                items.into_iter().all(|item| self.fits(asked, item))
            }
            "required" => !document.is_object() || each().all(has),
            "properties" => document.as_object().is_none_or(|fields| {
                let schema_of = |key: &str| asked.get(key);
                fields.iter().all(|(key, value)| {
                    schema_of(key).is_none_or(|schema| self.fits(schema, value))
                })
            }),
            "additionalProperties" => {
                assert_eq!(asked, &Json::Bool(false));
                let known = beside.get("properties").expect("the known keys");
                document
                    .as_object()
                    .is_none_or(|fields| fields.keys().all(|key| known.get(key).is_some()))
            }
            "dependentRequired" => asked.as_object().expect("keys").iter().all(|(key, needed)| {
                document.get(key).is_none() || needed.as_array().expect("keys").iter().all(has)
            }),
            "dependentSchemas" => asked
                .as_object()
                .expect("keys")
                .iter()
                .all(|(key, schema)| document.get(key).is_none() || self.fits(schema, document)),
            "allOf" => each().all(|schema| self.fits(schema, document)),
            "anyOf" => 0 < n_fitting(),
            "oneOf" => n_fitting() == 1,
            "not" => !self.fits(asked, document),
            "if" => {
                !self.fits(asked, document)
                    || self.fits(beside.get("then").expect("what follows"), document)
            }
            "then" => true,
            other => panic!("no such keyword here: `{other}`"),
        }
    }
}

fn is_of(kind: &Json, document: &Json) -> bool {
    match kind.as_str().expect("a kind") {
        "object" => document.is_object(),
        "array" => document.is_array(),
        "string" => document.is_string(),
        "boolean" => document.is_boolean(),
        "number" => document.is_number(),
        "integer" => document.as_f64().is_some_and(|n| n.fract() == 0.0),
        other => panic!("no such kind here: `{other}`"),
    }
}
