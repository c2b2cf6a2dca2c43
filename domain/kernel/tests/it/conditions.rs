//! Random conditions of every kind, written as drafts, so that their reading is tried too.

use condition::{CalendarWindow, Draft};
use serde_json::{Value as Json, json};

use crate::{dice::Dice, histories::Setting};

pub(crate) const EVENTS: [&str; 4] = ["bought", "bought_again", "seen", "sent"];
pub(crate) const PAGES: [&str; 3] = ["top", "price", "toplist"];
pub(crate) const PLANS: [&str; 3] = ["free", "pro", "7"];
/// Every length of time that conditions here use, so that all edges can be found without reading the condition.
pub(crate) const LENGTHS: [&str; 9] = ["1s", "90m", "6h", "1d", "36h", "3d", "1w", "4w", "60d"];

/// A condition as a draft. `segments` are the ids that may be referred to.
pub(crate) fn draft(dice: &mut Dice, setting: &Setting, segments: &[&str]) -> Draft {
    // Deep trees are often dull: most of what a leaf does is drowned by its neighbours.
    let depth = dice.pick(&[0, 0, 0, 1, 2, 3]);
    Draft(Maker { dice, setting, segments }.node(depth))
}

struct Maker<'a> {
    dice: &'a mut Dice,
    setting: &'a Setting,
    segments: &'a [&'a str],
}

impl Maker<'_> {
    fn node(&mut self, depth: usize) -> Json {
        if depth == 0 {
            return self.leaf();
        }
        match self.dice.below(9) {
            0 | 1 => json!({ "all": self.nodes(depth) }),
            2 | 3 => json!({ "any": self.nodes(depth) }),
            4 => json!({ "not": self.node(depth - 1) }),
            5 => {
                let mut some = json!({
                    "some": self.dice.pick(&["page", "amount", "contact"]),
                    "satisfies": self.node(depth - 1),
                });
                if self.dice.once_in(2) {
                    some["of"] = self.pattern();
                }
                some
            }
            _ => self.leaf(),
        }
    }

    fn nodes(&mut self, depth: usize) -> Vec<Json> {
        (0..self.dice.between(1, 3)).map(|_| self.node(depth - 1)).collect()
    }

    fn leaf(&mut self) -> Json {
        match self.dice.below(22) {
            0..=2 => self.attribute(),
            3 => {
                let side = self.dice.pick(&["at_least", "less_than"]);
                let (key, value) = match self.dice.below(2) {
                    0 => ("plan", json!(self.dice.pick(&PLANS))),
                    _ => ("seats", json!(self.dice.between(1, 3))),
                };
                json!({ "attribute": key, "is": value, "held": { side: self.length() } })
            }
            4..=8 => self.count(),
            9..=11 => self.measure(),
            12 | 13 => {
                let head = self.events("first");
                self.with_window(head)
            }
            14 | 15 => self.last(),
            16 => self.trend(),
            17 => self.rhythm(),
            18 | 19 => self.sequence(),
            20 if !self.segments.is_empty() => json!({ "segment": self.dice.pick(self.segments) }),
            _ => json!({ "known_for": self.length() }),
        }
    }

    fn length(&mut self) -> &'static str {
        self.dice.pick(&LENGTHS)
    }

    fn pattern(&mut self) -> Json {
        json!(self.dice.pick(&["bought", "bought_again", "seen", "sent", "bought*", "s*", "*"]))
    }

    fn events(&mut self, head: &str) -> Json {
        let mut events = json!({ head: self.pattern() });
        if self.dice.once_in(3) {
            events["where"] = self.filters();
        }
        events
    }

    fn filters(&mut self) -> Json {
        (0..self.dice.between(1, 2))
            .map(|_| {
                let property = self.dice.pick(&["page", "amount", "vip", "day", "contact"]);
                let mut filter = self.test(property);
                filter["property"] = json!(property);
                filter
            })
            .collect()
    }

    fn attribute(&mut self) -> Json {
        let key = self.dice.pick(&["plan", "seats", "due", "born", "limit"]);
        let mut leaf = self.test(key);
        leaf["attribute"] = json!(key);
        leaf
    }

    /// A test of a value, mostly one that suits what is asked.
    fn test(&mut self, of: &str) -> Json {
        match of {
            "seats" | "limit" | "amount" => self.ordered_test(),
            "due" | "born" | "day" => self.day_test(),
            _ => self.plain_test(),
        }
    }

    fn plain_test(&mut self) -> Json {
        let text = self.dice.pick(&["free", "pro", "7", "top", "price", "p1", "o"]);
        match self.dice.below(9) {
            0 => json!({ "is": text }),
            1 => json!({ "is_not": text }),
            2 => json!({ "in": [text, 7, true] }),
            3 => json!({ "not_in": [text, "free"] }),
            4 => json!({ "contains": text }),
            5 => json!({ "does_not_contain": text }),
            6 => json!({ "starts_with": text }),
            7 => json!({ "ends_with": text }),
            _ => json!({ "exists": self.dice.once_in(2) }),
        }
    }

    fn ordered_test(&mut self) -> Json {
        let key =
            self.dice.pick(&["less_than", "at_most", "more_than", "at_least", "between", "is_not"]);
        if key == "between" {
            let low = self.dice.between(0, 4);
            return json!({ "between": [low, low + self.dice.between(0, 3)] });
        }
        let right = match self.dice.below(4) {
            0 => json!({ "attribute": self.dice.pick(&["limit", "seats"]) }),
            1 => json!({ "attribute": "limit", "times": "0.5" }),
            _ => json!(self.dice.between(0, 6)),
        };
        json!({ key: right })
    }

    fn day_test(&mut self) -> Json {
        match self.dice.below(7) {
            0 => json!({ "day_is": self.dice.pick(&["today", "yesterday", "tomorrow"]) }),
            1 => json!({ "day_in": self.window() }),
            2 => json!({ "day_in_next": self.length() }),
            3 => match self.dice.below(3) {
                0 => json!({ "month_is": self.dice.between(1, 12) }),
                1 => json!({ "month_is": "this" }),
                _ => json!({ "month_is": "next" }),
            },
            4 | 5 => {
                let mut age = json!({});
                let low = self.dice.between(0, 40);
                let which = self.dice.below(3);
                if which != 1 {
                    age["at_least"] = json!(low);
                }
                if which != 0 {
                    age["at_most"] = json!(low + self.dice.between(0, 3));
                }
                json!({ "age": age })
            }
            _ => {
                let key = self.dice.pick(&["at_least", "less_than", "is"]);
                let right = match self.dice.below(3) {
                    0 => json!({ "attribute": "due" }),
                    _ => json!(self.dice.pick(&self.setting.days).to_string()),
                };
                json!({ key: right })
            }
        }
    }

    fn count(&mut self) -> Json {
        let mut leaf = self.events("event");
        let n = self.dice.between(0, 3);
        match self.dice.below(7) {
            0 => leaf["count"] = json!({ "at_least": n }),
            1 => leaf["count"] = json!({ "at_most": n }),
            2 => leaf["count"] = json!({ "exactly": n }),
            3 => leaf["count"] = json!({ "between": [n, n + 1] }),
            4 => leaf["count"] = json!({ "more_than": n }),
            5 => leaf["count"] = json!({ "less_than": n + 1 }),
            _ => {}
        }
        self.with_window(leaf)
    }

    fn measure(&mut self) -> Json {
        let mut leaf = self.measured();
        let n = self.dice.between(0, 9);
        leaf["is"] = match self.dice.below(5) {
            0 => json!({ "at_least": n }),
            1 => json!({ "at_most": n.to_string() }),
            2 => json!({ "more_than": format!("{n}.5") }),
            3 => json!({ "less_than": n }),
            _ => json!({ "between": [n, n + 3] }),
        };
        self.with_window(leaf)
    }

    fn measured(&mut self) -> Json {
        let mut leaf = self.events("event");
        let measure =
            self.dice.pick(&["count", "sum", "average", "least", "most", "distinct", "days"]);
        leaf["measure"] = json!(measure);
        match measure {
            "count" | "days" => {}
            "distinct" => leaf["of"] = json!(self.dice.pick(&["page", "amount"])),
            _ => leaf["of"] = json!("amount"),
        }
        leaf
    }

    fn last(&mut self) -> Json {
        let mut leaf = json!({ "last": self.pattern() });
        if self.dice.once_in(2) {
            leaf["has"] = self.filters();
        }
        match self.dice.below(3) {
            0 => leaf["in_last"] = json!(self.length()),
            1 => leaf["window"] = self.window(),
            _ => {}
        }
        leaf
    }

    fn trend(&mut self) -> Json {
        let side = self.dice.pick(&["at_most", "at_least"]);
        let by = match self.dice.below(2) {
            0 => json!({ "percent": self.dice.pick(&[0, 50, 100, 150]) }),
            _ => json!({ "plus": self.dice.between(-2, 2).to_string() }),
        };
        let (now, before) = match self.dice.below(3) {
            0 => (json!({ "last": "3d" }), json!({ "ago": ["1w", "3d"] })),
            1 => (json!({ "calendar": "this_month" }), json!({ "calendar": "last_month" })),
            _ => (self.window(), self.window()),
        };
        json!({
            "trend": self.measured(), "now": now, "before": before,
            "is": { side: by }, "base_at_least": self.dice.between(0, 2),
        })
    }

    fn rhythm(&mut self) -> Json {
        let mut leaf = self.events("rhythm");
        leaf["overdue_by"] = json!(self.dice.pick(&["1", "1.5", "0.33", "2"]));
        leaf["gaps_at_least"] = json!(self.dice.between(0, 4));
        if self.dice.once_in(2) {
            leaf["default_gap"] = json!(self.length());
        }
        leaf
    }

    fn sequence(&mut self) -> Json {
        let mut steps = vec![self.events("event")];
        for _ in 0..self.dice.between(0, 2) {
            let mut step = self.events("event");
            if self.dice.once_in(2) {
                step["within"] = json!(self.length());
            }
            steps.push(step);
        }
        let mut leaf = json!({ "sequence": steps });
        if self.dice.once_in(3) {
            leaf["never_between"] = self.events("event");
        }
        if self.dice.once_in(3) {
            leaf["never_since"] = self.events("event");
        }
        if self.dice.once_in(3) {
            let mut none = self.events("event");
            none["for"] = json!(self.length());
            leaf["then_no"] = none;
        }
        self.with_window(leaf)
    }

    fn with_window(&mut self, mut leaf: Json) -> Json {
        if !self.dice.once_in(4)
            && let (Some(leaf), Json::Object(window)) = (leaf.as_object_mut(), self.window())
        {
            leaf.extend(window);
        }
        leaf
    }

    fn window(&mut self) -> Json {
        match self.dice.below(10) {
            0..=2 => json!({ "last": self.length() }),
            3 => {
                let far = self.dice.between(1, LENGTHS.len() as i64 - 1) as usize;
                json!({ "ago": [LENGTHS[far], LENGTHS[self.dice.below(far)]] })
            }
            4 => json!({ "older_than": self.length() }),
            5 | 6 => json!({ "calendar": self.dice.pick(&CalendarWindow::NAMES).0 }),
            7 => json!({ "last_days": self.dice.between(0, 8) }),
            8 => json!({ "last_months": self.dice.between(1, 3) }),
            _ => {
                let mut ends =
                    [self.dice.pick(&self.setting.days), self.dice.pick(&self.setting.days)];
                ends.sort_unstable();
                json!({ "from": ends[0].to_string(), "to": ends[1].to_string() })
            }
        }
    }
}
