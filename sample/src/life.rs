//! Two years of one company, day by day: logins, usage, visits, mails, talks, supplies.

use facts::{Millis, Timestamp, Value};
use jiff::civil::Date;

use crate::{
    almanac::{Almanac, Day},
    cast::Company,
    diary::{Diary, Mood},
    dice::Dice,
    ledger::{Ledger, Who},
    stories::Story,
    supplies::{Forgotten, Need, Shopper, Turn, days, draw_product},
    truth::SignName,
    visits::Visits,
    words::{
        companies::{LEDGER_COLOURS, SOURCES},
        products::{FEATURES, PLANS, SUPPLIES},
        talk::NOTES,
        web::{CAMPAIGNS, SEMINARS},
    },
};

/// One company living its story.
pub(crate) struct Life<'a> {
    pub(crate) almanac: &'a Almanac,
    pub(crate) story: &'a Story,
    pub(crate) visits: Visits<'a>,
    diary: &'a Diary,
    n_deals: usize,
}

impl<'a> Life<'a> {
    pub(crate) fn new(
        seed: u64,
        almanac: &'a Almanac,
        diary: &'a Diary,
        company: &'a Company,
        story: &'a Story,
        ledger: &'a mut Ledger,
    ) -> Life<'a> {
        let dice = Dice::for_purpose(seed, "life", company.number);
        let visits = Visits { company, ledger, dice };
        Life { almanac, story, visits, diary, n_deals: 0 }
    }

    /// Everything but the supplies.
    pub(crate) fn live(&mut self) {
        self.become_known();
        self.sign_contract();
        for place in 0..self.almanac.days.len() {
            let day = &self.almanac.days[place];
            if self.story.known_at < day.start {
                self.live_day(place, day);
            }
        }
        self.live_episodes();
        self.side_deals();
        self.say_nothing();
    }

    pub(crate) fn ledger(&mut self) -> &mut Ledger {
        self.visits.ledger
    }

    /// An instant in office hours in `(from, to]`.
    pub(crate) fn office(&mut self, from: Timestamp, to: Timestamp) -> Timestamp {
        self.almanac.in_office(&mut self.visits.dice, from, to)
    }

    fn become_known(&mut self) {
        let company = self.visits.company;
        let at = self.story.known_at;
        let address = &company.address;
        let plan = PLANS[self.story.plan];
        let employees = (plan.users as f64 * self.visits.dice.long_tailed(1.1, 9.0)) as i64;
        let mail = company.contacts.first().map(|one| one.email.as_str()).unwrap_or_default();
        let all = self.visits.all();
        let attributes = [
            ("name", Value::from(company.name.as_str())),
            ("name_kana", company.kana.as_str().into()),
            ("kind", "company".into()),
            ("rep", company.rep.as_str().into()),
            ("industry", company.trade.into()),
            ("employees", employees.into()),
            ("postal_code", address.postal.into()),
            ("prefecture", address.prefecture.into()),
            ("city", address.city.into()),
            ("address", address.street.as_str().into()),
            ("phone", address.phone.as_str().into()),
            ("email", mail.into()),
            ("website", company.site.as_str().into()),
            ("corporate_number", company.corporate_number.as_str().into()),
            ("status", "見込み".into()),
            ("customer_kind", "new".into()),
            ("consent_mail", true.into()),
            ("source", (*self.visits.dice.pick(&SOURCES)).into()),
            ("ledger_colour", (*self.visits.dice.pick(&LEDGER_COLOURS)).into()),
        ];
        self.ledger().became(all, at, attributes);
        for contact in &company.contacts {
            let attributes = [
                ("name", Value::from(contact.name.written.as_str())),
                ("name_kana", contact.name.kana.as_str().into()),
                ("email", contact.email.as_str().into()),
                ("phone", contact.phone.as_str().into()),
                ("title", contact.title.as_str().into()),
                ("department", contact.department.into()),
                ("role", contact.role.into()),
            ];
            let who = self.visits.who(contact);
            self.ledger().became(who, at, attributes);
        }
    }

    fn sign_contract(&mut self) {
        let Some(from) = self.story.contract_from else { return };
        let plan = PLANS[self.story.plan];
        // Customers from before the sample signed up to four years earlier.
        let earlier =
            if from == self.story.known_at { self.visits.dice.between(20, 1_400) } else { 0 };
        let started = self.almanac.date(from.minus(earlier * Timestamp::DAY));
        let attributes = [
            ("plan", Value::from(plan.name)),
            ("plan_price", plan.price.into()),
            ("users_limit", plan.users.into()),
            ("storage_limit", plan.storage.into()),
            ("contract_started_on", Value::text(started.to_string())),
            ("contract_renews_on", Value::text(next_year_day(started, self.almanac.date(from)))),
            ("status", "契約中".into()),
            ("customer_kind", "existing".into()),
        ];
        let all = self.visits.all();
        self.ledger().became(all, from, attributes);
        self.measure(from);
        // Each year the next renewal moves on.
        for day in &self.almanac.days {
            let same_day = day.date.month() == started.month() && day.date.day() == started.day();
            if same_day && started < day.date && from < day.start && self.story.pays(day.start) {
                let next = Value::text(next_year_day(started, day.date));
                self.visits.ledger.became(all, day.start, [("contract_renews_on", next)]);
            }
        }
    }

    fn live_day(&mut self, place: usize, day: &Day) {
        let pays = self.story.pays(day.start);
        if pays {
            self.use_software(place, day);
        }
        let gone = self.story.cancelled_at.is_some_and(|end| end <= day.start);
        let visits = if gone {
            0.006
        } else if pays {
            0.035
        } else {
            0.075
        };
        for _ in 0..self.visits.dice.count(visits * day.office) {
            let at = self.hour(day);
            self.visits.wander(at, pays);
        }
        if day.date.day() == 12 && !gone {
            self.monthly_mail(day);
        }
        if !day.worked || gone {
            return;
        }
        let mood = self.mood(day.start);
        let busy = if matches!(mood, Mood::Calm | Mood::Distant) { 1.0 } else { 2.2 };
        if self.visits.dice.chance(0.02 * busy) {
            self.report(day, mood);
        }
        if self.visits.dice.chance(0.016 * busy) {
            self.approach(day);
        }
    }

    fn use_software(&mut self, place: usize, day: &Day) {
        let zeal = self.story.zeal(day.start.plus(12 * Timestamp::HOUR));
        let logins = self.visits.dice.count(self.story.logins * zeal * day.office);
        let plan = self.story.plan_at(day.start);
        for _ in 0..logins {
            let at = self.hour(day);
            let contact = self.visits.someone();
            let who = self.visits.who(contact);
            self.ledger().happened(who, at, "login", []);
            if self.visits.dice.chance(0.22) {
                self.use_feature(who, at, plan);
            }
            if self.visits.dice.chance(0.02) {
                self.visits.search(at.plus(3 * Timestamp::MINUTE));
            }
            if self.visits.dice.chance(0.018) {
                self.visits.inquire(at.plus(9 * Timestamp::MINUTE), "question");
            }
        }
        if logins == 0 {
            return;
        }
        if self.visits.dice.chance(0.003) {
            let at = self.hour(day);
            self.visits.inquire(at, "complaint");
        }
        if self.visits.dice.chance(0.006) {
            let at = self.hour(day);
            self.visits.inquire(at, "feature_request");
        }
        if (place + self.visits.company.number).is_multiple_of(14) {
            self.measure(day.start.plus(2 * Timestamp::HOUR));
        }
    }

    fn use_feature(&mut self, who: Who<'_>, at: Timestamp, plan: usize) {
        let weights: [u32; 14] = std::array::from_fn(|place| match FEATURES[place].1 {
            least if plan < least => 0,
            1 => 8,
            _ => 3,
        });
        let (feature, _, advanced) = FEATURES[self.visits.dice.weighted(&weights)];
        let at = at.plus(self.visits.dice.between(20, 900) * Timestamp::SECOND);
        let properties = [("feature", feature.into()), ("advanced", advanced.into())];
        self.ledger().happened(who, at, "feature_used", properties);
    }

    /// Notes how much of the plan is used.
    pub(crate) fn measure(&mut self, at: Timestamp) {
        let plan = PLANS[self.story.plan_at(at)];
        let filled = self.story.filled(at) + self.visits.dice.amid(-0.02, 0.02);
        let users = (plan.users as f64 * filled) as i64 + 1;
        let storage = (plan.storage as f64 * filled * 0.8) as i64 + 1;
        let all = self.visits.all();
        for (meter, used, limit) in
            [("users", users, plan.users), ("storage", storage, plan.storage)]
        {
            let properties =
                [("meter", meter.into()), ("used", used.into()), ("limit", limit.into())];
            self.ledger().happened(all, at, "usage_measured", properties);
        }
        let attributes = [("users_used", users.into()), ("storage_used", storage.into())];
        self.ledger().became(all, at, attributes);
    }

    fn monthly_mail(&mut self, day: &Day) {
        let campaign = CAMPAIGNS[(day.date.month() - 1) as usize];
        let sent = day.start.plus(10 * Timestamp::HOUR);
        for _ in 0..self.visits.dice.between(1, 2) {
            let opens = self.visits.dice.chance(0.34);
            let opened = sent.plus(self.visits.dice.between(3, 4_000) * Timestamp::MINUTE);
            let opened = (opens && !self.is_hushed(opened)).then_some(opened);
            let clicked = self.visits.dice.chance(0.2);
            self.visits.mail(campaign, sent, opened, clicked);
        }
    }

    /// In the week after materials were asked for and their mail not opened, no other mail is opened either.
    fn is_hushed(&self, at: Timestamp) -> bool {
        self.story.episodes.iter().any(|episode| {
            let around = episode.at.minus(days(6.0))..episode.at.plus(days(8.0));
            episode.sign == SignName::FollowUp && !episode.shown && around.contains(&at)
        })
    }

    fn mood(&self, at: Timestamp) -> Mood {
        let pays = self.story.pays(at);
        let near = self.story.episodes.iter().find(|episode| {
            let end = episode.outcome_at.unwrap_or(episode.at.plus(days(20.0)));
            episode.shown && episode.at.minus(days(18.0)) <= at && at < end
        });
        match near.map(|episode| episode.sign) {
            Some(SignName::Purchase) => Mood::Keen,
            Some(SignName::Upsell) => Mood::Growing,
            Some(SignName::Churn) => Mood::Sour,
            _ if pays => Mood::Calm,
            _ => Mood::Distant,
        }
    }

    fn report(&mut self, day: &Day, mood: Mood) {
        let entry = self.diary.write(&mut self.visits.dice, mood);
        let at = day
            .start
            .plus(17 * Timestamp::HOUR)
            .plus(self.visits.dice.between(0, 9_000) * Timestamp::SECOND);
        let rep = self.visits.company.rep.as_str();
        let all = self.visits.all();
        let properties = [
            ("rep", rep.into()),
            ("text", entry.text.into()),
            ("issue", entry.issue.into()),
            ("temperature", entry.temperature.into()),
        ];
        self.ledger().happened(all, at, "reported", properties);
    }

    fn approach(&mut self, day: &Day) {
        let at = self.hour(day);
        let outcomes = ["connected", "no_answer", "callback", "wrong_person"];
        let outcome = outcomes[self.visits.dice.weighted(&[46, 40, 12, 2])];
        let contact = self.visits.someone();
        let who = self.visits.who(contact);
        let properties = [
            ("outcome", outcome.into()),
            ("rep", self.visits.company.rep.as_str().into()),
            ("note", (*self.visits.dice.pick(&NOTES)).into()),
        ];
        self.ledger().happened(who, at, "approached", properties);
    }

    /// Deals beside the software, and deals of quiet prospects: nothing foretells them.
    fn side_deals(&mut self) {
        let customer = self.story.contract_from.is_some();
        if !self.visits.dice.chance(if customer { 0.14 } else { 0.4 }) {
            return;
        }
        let from = self.story.contract_from.unwrap_or(self.story.known_at).plus(days(20.0));
        let to = self.story.cancelled_at.unwrap_or(self.almanac.days_ago(62.0)).minus(days(50.0));
        if to <= from {
            return;
        }
        let opened = self.office(from, to);
        let closed = self.office(opened.plus(days(8.0)), opened.plus(days(45.0)));
        let name = if customer { "備品年間契約" } else { "新規導入" };
        let amount = self.visits.dice.between(8, 60) * 10_000;
        let ends = if customer { [5, 3, 2] } else { [0, 7, 3] };
        let stage = ["won", "lost", "paused"][self.visits.dice.weighted(&ends)];
        let deal = self.new_deal();
        self.move_deal(&deal, name, "opened", amount, opened);
        self.move_deal(&deal, name, stage, amount, closed);
    }

    pub(crate) fn new_deal(&mut self) -> String {
        self.n_deals += 1;
        format!("D-{:04}-{}", self.visits.company.number, self.n_deals)
    }

    pub(crate) fn move_deal(
        &mut self,
        deal: &str,
        name: &str,
        stage: &str,
        amount: i64,
        at: Timestamp,
    ) {
        let all = self.visits.all();
        let properties = [
            ("deal", deal.into()),
            ("deal_name", name.into()),
            ("stage", stage.into()),
            ("amount", amount.into()),
        ];
        self.ledger().happened(all, at, "deal_moved", properties);
    }

    /// What means nothing: as often for every company, whatever its story. Bursts that look like a sign's part.
    fn say_nothing(&mut self) {
        let mut dice = Dice::for_purpose(self.visits.dice.throw(), "noise", 0);
        let all = self.visits.all();
        for day in self.almanac.days.iter().filter(|day| self.story.known_at < day.start) {
            for _ in 0..dice.count(0.012) {
                let at = self.almanac.office_hour(&mut dice, day);
                self.visits.seasonal_page(at);
            }
            if dice.chance(0.008) {
                let at = self.almanac.office_hour(&mut dice, day);
                let store = [("store", "ひよりショールーム".into())];
                self.ledger().happened(all, at, "visited", store);
            }
            if dice.chance(0.008) {
                let at = self.almanac.office_hour(&mut dice, day);
                let topic = [("topic", "社食の好み".into())];
                self.ledger().happened(all, at, "survey_answered", topic);
            }
        }
        if self.story.curious {
            let known_for = self.almanac.now.since(self.story.known_at) / Timestamp::DAY;
            let middle = self.almanac.days_ago(dice.amid(8.0, known_for as f64 - 10.0));
            for _ in 0..dice.between(3, 5) {
                let at = self.almanac.in_office(&mut dice, middle.minus(days(9.0)), middle);
                self.visits.pricing(at);
            }
        }
        let (known_at, now) = (self.story.known_at, self.almanac.now);
        if dice.chance(0.25) {
            let at = self.almanac.in_office(&mut dice, known_at, now);
            self.visits.download(at);
        }
        if dice.chance(0.12) && self.story.pays(now) {
            let at = self.almanac.in_office(&mut dice, known_at, now);
            self.visits.search_for_leaving(at);
        }
        for _ in 0..dice.count(0.6) {
            let at = self.almanac.in_office(&mut dice, known_at, now);
            let seminar = [("seminar", (*dice.pick(&SEMINARS)).into())];
            self.ledger().happened(all, at, "seminar_registered", seminar);
        }
    }

    /// The supplies it buys, while it is a customer. `forgets` makes the first need a forgotten one.
    pub(crate) fn buy_supplies(&mut self, forgets: Option<Turn>) -> Option<(usize, Forgotten)> {
        let from = self.story.contract_from?;
        let until = self.story.cancelled_at.unwrap_or(Timestamp::MAX);
        let mut dice = Dice::for_purpose(self.visits.dice.throw(), "supplies", 0);
        let contact = self.visits.someone();
        let mut shopper = Shopper {
            almanac: self.almanac,
            who: self.visits.who(contact),
            company: true,
            since: self.story.known_at,
            orders: 0,
        };
        let wanted =
            if forgets.is_some() { 2 } else { [0, 1, 2, 3, 4][dice.weighted(&[3, 3, 3, 2, 1])] };
        let mut products: Vec<usize> = Vec::new();
        let mut found = None;
        while products.len() < wanted {
            let product = draw_product(&mut dice);
            if products.contains(&product) {
                continue;
            }
            let turn = forgets.filter(|_| products.is_empty()).unwrap_or(Turn::GoesOn);
            products.push(product);
            let usual = SUPPLIES[product].3 as f64;
            let gap = usual * dice.amid(0.75, 1.3);
            let need = Need {
                product,
                gap: if turn == Turn::GoesOn { gap } else { gap.min(58.0) },
                quantity: dice.long_tailed(1.0, 12.0) as i64,
                from: from.plus(dice.between(1, (usual as i64) * 24) * Timestamp::HOUR),
                until,
                turn,
            };
            let forgotten = shopper.live(self.visits.ledger, &mut dice, &need);
            found = found.or(forgotten.map(|forgotten| (product, forgotten)));
        }
        found
    }

    fn hour(&mut self, day: &Day) -> Timestamp {
        self.almanac.office_hour(&mut self.visits.dice, day)
    }

    /// Something of the last minutes and hours, whatever the weekday, so that the end of the sample is alive.
    pub(crate) fn stay_awake(&mut self, sign: SignName, at: Timestamp) {
        let last: Millis = self.visits.dice.between(180, 25_000) * Timestamp::SECOND;
        let fresh = self.almanac.now.minus(last);
        if fresh < at {
            return;
        }
        match sign {
            SignName::Purchase => self.visits.pricing(fresh),
            SignName::Upsell => self.visits.help(fresh),
            SignName::Churn if self.visits.dice.chance(0.3) => self.visits.cancel_page(fresh),
            SignName::Churn => self.visits.help(fresh),
            SignName::FollowUp | SignName::Replenishment => self.visits.wander(fresh, false),
        }
    }
}

/// The first yearly return of `started` after `today`, as text.
fn next_year_day(started: Date, today: Date) -> String {
    let years = i32::from(today.year() - started.year()).max(0);
    let mut next = started;
    for ahead in years..=years + 1 {
        next = started.saturating_add(jiff::Span::new().years(ahead));
        if today < next {
            break;
        }
    }
    next.to_string()
}
