//! Random conditions of every kind, written as drafts, so that their reading is tried too.

use condition::{CalendarWindow, Draft};
use serde_json::{Value as Json, json};

use crate::{dice::Dice, histories::Setting};

pub(crate) const EVENTS: [&str; 4] = ["bought", "bought_again", "seen", "sent"];
pub(crate) const PAGES: [&str; 3] = ["top", "price", "toplist"];
pub(crate) const PLANS: [&str; 3] = ["free", "pro", "7"];
/// Every length of time that conditions here use, so that all edges can be found without reading the condition.
pub(crate) const LENGTHS: [&str; 13] =
    ["1s", "90m", "6h", "12h", "1d", "36h", "2d", "3d", "1w", "2w", "3w", "4w", "60d"];
pub(crate) const STAGES: [&str; 4] = ["low", "mid", "high", "odd"];
pub(crate) const TOPICS: [&str; 3] = ["price", "rival", "odd"];

/// Segments that a condition may refer to.
#[derive(Clone, Copy)]
pub(crate) struct Others<'a> {
    pub(crate) ids: &'a [&'a str],
    /// Whether it may also ask since when one is in them.
    pub(crate) may_ask_since: bool,
}

impl Others<'static> {
    pub(crate) const NONE: Others<'static> = Others { ids: &[], may_ask_since: false };
}

/// A condition as a draft.
pub(crate) fn draft(dice: &mut Dice, setting: &Setting, others: Others<'_>) -> Draft {
    // Deep trees are often dull: most of what a leaf does is drowned by its neighbours.
    let depth = dice.pick(&[0, 0, 0, 1, 2, 3]);
    Draft(Maker { dice, setting, others, in_contact: false }.node(depth))
}

struct Maker<'a> {
    dice: &'a mut Dice,
    setting: &'a Setting,
    others: Others<'a>,
    in_contact: bool,
}

impl Maker<'_> {
    fn node(&mut self, depth: usize) -> Json {
        if depth == 0 {
            return self.leaf();
        }
        match self.dice.below(12) {
            9 => self.contacts(depth),
            10 if self.in_contact => json!({ "company": self.node(depth - 1) }),
            10 => json!({ "not": self.node(depth - 1) }),
            11 => {
                let parts = (0..self.dice.between(1, 3)).map(
                    |_| json!({ "weight": self.dice.between(-2, 4), "when": self.node(depth - 1) }),
                );
                let parts: Json = parts.collect();
                json!({ "points": parts, "is": self.number_test(0, 4) })
            }
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
        match self.dice.below(37) {
            22..=24 => self.regularly(),
            25 | 26 => self.ratio(),
            27 => self.status(),
            28 | 29 => self.mentions(),
            30 => json!({ self.dice.pick(&["tag", "list"]): self.dice.pick(&["vip", "expo"]) }),
            31 => {
                let id = self.dice.pick(&["model", "sign"]);
                json!({ "score": id, "is": self.number_test(0, 6) })
            }
            32 => {
                let percent = self.dice.pick(&["0.5", "25", "50", "99.9999"]);
                json!({ "random": format!("salt{}", self.dice.below(9)), "percent": percent })
            }
            33 | 34 => self.rank(),
            35 | 36 if self.others.may_ask_since => self.stayed(),
            35 => self.contacts(1),
            36 => self.status(),
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
                let mut head = self.events("first");
                if self.dice.once_in(3) {
                    head["if_none"] = json!(true);
                }
                self.with_window(head)
            }
            14 | 15 => self.last(),
            16 => self.trend(),
            17 => self.rhythm(),
            18 | 19 => self.sequence(),
            20 if !self.others.ids.is_empty() => {
                json!({ "segment": self.dice.pick(self.others.ids) })
            }
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
        match self.dice.below(9) {
            7 | 8 => json!({ "anniversary_in": self.dice.pick(&[0, 1, 7, 31, 365]) }),
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
        if self.dice.once_in(4) {
            leaf["if_none"] = json!(true);
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
        match self.dice.below(6) {
            0 | 1 => leaf["default_gap"] = json!(self.length()),
            2 => leaf["default_gap"] = json!({ "attribute": "seats", "else": self.length() }),
            3 => leaf["default_gap"] = json!({ "property": "amount" }),
            _ => {}
        }
        leaf
    }

    /// Periods whose every edge is one of the lengths.
    fn regularly(&mut self) -> Json {
        let (every, most) = self.dice.pick(&[("12h", 3), ("1d", 3), ("1w", 4)]);
        let periods = self.dice.between(1, most);
        let mut leaf = self.events("regularly");
        leaf["every"] = json!(every);
        leaf["periods"] = json!(periods);
        leaf["in_at_least"] = json!(self.dice.between(1, periods));
        if self.dice.once_in(2) {
            leaf["count"] = self.number_test(0, 2);
        }
        leaf
    }

    fn ratio(&mut self) -> Json {
        let (above, below) = (self.measured(), self.measured());
        let mut leaf = json!({ "ratio": above, "over": below });
        let low = self.dice.pick(&[0, 25, 50, 100]);
        leaf["percent"] = match self.dice.below(4) {
            0 => json!({ "at_least": low }),
            1 => json!({ "less_than": low }),
            2 => json!({ "between": [low, low + 75] }),
            _ => json!({ "more_than": low }),
        };
        leaf["base_at_least"] = json!(self.dice.between(0, 2));
        self.with_window(leaf)
    }

    fn status(&mut self) -> Json {
        let mut leaf = json!({ "status": "stage", "order": ["low", "mid", "high"] });
        match self.dice.below(6) {
            0 | 1 => leaf["rose"] = self.window(),
            2 | 3 => leaf["fell"] = self.window(),
            4 => leaf["at_least"] = json!(self.dice.pick(&["low", "mid", "high"])),
            _ => leaf["at_most"] = json!(self.dice.pick(&["low", "mid", "high"])),
        }
        leaf
    }

    fn mentions(&mut self) -> Json {
        let topics = match self.dice.below(2) {
            0 => json!(self.dice.pick(&["price", "rival"])),
            _ => json!(["price", "rival"]),
        };
        let mut leaf = json!({ "mentions": topics });
        if self.dice.once_in(2) {
            leaf["count"] = self.number_test(0, 2);
        }
        self.with_window(leaf)
    }

    fn rank(&mut self) -> Json {
        let mut leaf = json!({ "rank": self.measured(), "top": 10 });
        if !self.others.ids.is_empty() && self.dice.once_in(2) {
            leaf["among"] = json!(self.dice.pick(self.others.ids));
        }
        self.with_window(leaf)
    }

    fn stayed(&mut self) -> Json {
        let mut leaf = json!({ "segment": self.dice.pick(self.others.ids) });
        match self.dice.below(6) {
            0 | 1 => leaf["entered"] = self.window(),
            2 | 3 => leaf["left"] = self.window(),
            4 => leaf["held"] = json!({ "at_least": self.length() }),
            _ => leaf["held"] = json!({ "less_than": self.length() }),
        }
        leaf
    }

    fn contacts(&mut self, depth: usize) -> Json {
        let how_many = match self.dice.below(6) {
            0..=2 => json!("any"),
            3 => json!("all"),
            4 => json!("none"),
            _ => json!({ "at_least": self.dice.between(1, 2) }),
        };
        let outside = std::mem::replace(&mut self.in_contact, true);
        let inner = self.node(depth - 1);
        self.in_contact = outside;
        json!({ "contacts": how_many, "satisfies": inner })
    }

    fn number_test(&mut self, low: i64, high: i64) -> Json {
        let n = self.dice.between(low, high);
        match self.dice.below(5) {
            0 => json!({ "at_least": n }),
            1 => json!({ "at_most": n }),
            2 => json!({ "more_than": n }),
            3 => json!({ "less_than": n + 1 }),
            _ => json!({ "between": [n, n + 1] }),
        }
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
