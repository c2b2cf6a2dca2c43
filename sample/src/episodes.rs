//! The traces each sign leaves, and the steps to what follows.

use facts::{Timestamp, Value};

use crate::{
    life::Life,
    stories::Episode,
    supplies::days,
    truth::SignName,
    words::{
        products::{FEATURES, PLANS},
        talk::REASONS,
        web::{MATERIALS, SEMINARS},
    },
};

impl Life<'_> {
    /// Leaves the traces of every sign in the company's story.
    pub(crate) fn live_episodes(&mut self) {
        let story = self.story;
        for episode in &story.episodes {
            match (episode.sign, episode.shown) {
                (SignName::Purchase, shown) => {
                    if shown {
                        self.show_purchase(episode);
                    }
                    self.deal_after_purchase(episode);
                }
                (SignName::Upsell, true) => self.show_upsell(episode),
                (SignName::Churn, true) => self.show_churn(episode),
                (SignName::FollowUp, _) => self.follow_up(episode),
                (SignName::Upsell | SignName::Churn, false) => {}
                (SignName::Replenishment, _) => {}
            }
            if episode.sign == SignName::Upsell
                && let Some(at) = episode.outcome_at
            {
                self.take_larger_plan(at);
            }
        }
        if let Some(at) = story.cancelled_at {
            self.leave(at);
        }
    }

    /// Prices three times and more, a case study read to the end, a document taken home.
    fn show_purchase(&mut self, episode: &Episode) {
        let from = episode.at.minus(days(11.0));
        for _ in 0..self.visits.dice.between(3, 5) {
            let at = self.office(from, episode.at);
            self.visits.pricing(at);
        }
        for _ in 0..self.visits.dice.between(1, 3) {
            let at = self.office(from, episode.at);
            self.visits.case_study(at, 500);
        }
        let at = self.office(from, episode.at);
        self.visits.download(at);
        for _ in 0..self.visits.dice.between(0, 3) {
            let (at, place) = (self.office(from, episode.at), self.visits.dice.between(0, 13));
            self.visits.feature(at, place as usize);
        }
        if self.visits.dice.chance(0.3) {
            let at = self.office(from, episode.at);
            let seminar = *self.visits.dice.pick(&SEMINARS);
            let all = self.visits.all();
            self.ledger().happened(all, at, "seminar_registered", [("seminar", seminar.into())]);
        }
        self.visits.pricing(episode.at);
    }

    /// The deal that follows: opened, met, quoted, won or lost.
    fn deal_after_purchase(&mut self, episode: &Episode) {
        let end = match episode.outcome_at {
            Some(won) => won,
            None if episode.lost => episode.at.plus(days(40.0)),
            None => return,
        };
        let deal = self.new_deal();
        let amount = PLANS[self.story.plan].price * 12;
        let from = episode.at.plus(days(1.0));
        let opened = self.office(from, from.plus(end.since(from) / 4));
        let met = self.office(opened, opened.plus(end.since(opened) / 2));
        let quoted = self.office(met, end.minus(days(1.0)));
        self.move_deal(&deal, "新規導入", "opened", amount, opened);
        self.meet(opened, met);
        self.move_deal(&deal, "新規導入", "quoted", amount, quoted);
        let stage = if episode.outcome_at.is_some() { "won" } else { "lost" };
        if stage == "won" {
            // A consequence that is noted a little before its cause.
            let at = self.office(quoted, end);
            let all = self.visits.all();
            self.ledger().happened(all, at, "onboarding_scheduled", []);
        }
        self.move_deal(&deal, "新規導入", stage, amount, end);
    }

    /// Near the limit, and looking for what only a larger plan has.
    fn show_upsell(&mut self, episode: &Episode) {
        let plan = self.story.plan_at(episode.at);
        let wanted: Vec<usize> =
            (0..FEATURES.len()).filter(|place| plan < FEATURES[*place].1).collect();
        if wanted.is_empty() {
            return;
        }
        let from = episode.at.minus(days(20.0));
        for _ in 0..self.visits.dice.between(2, 4) {
            let (at, place) = (self.office(from, episode.at), *self.visits.dice.pick(&wanted));
            self.visits.search_for(at, FEATURES[place].0);
        }
        for _ in 0..self.visits.dice.between(2, 4) {
            let (at, place) = (self.office(from, episode.at), *self.visits.dice.pick(&wanted));
            self.visits.feature(at, place);
        }
        if self.visits.dice.chance(0.5) {
            let at = self.office(from, episode.at);
            self.visits.inquire(at, "feature_request");
        }
        self.measure(episode.at.minus(days(4.0)));
        let place = *self.visits.dice.pick(&wanted);
        self.visits.feature(episode.at, place);
    }

    fn take_larger_plan(&mut self, at: Timestamp) {
        let before = PLANS[self.story.plan_at(at.minus(1))];
        let after = PLANS[self.story.plan_at(at)];
        let all = self.visits.all();
        let properties = [
            ("from", before.name.into()),
            ("to", after.name.into()),
            ("amount", after.price.into()),
        ];
        self.ledger().happened(all, at, "plan_changed", properties);
        self.ledger().became(
            all,
            at,
            [
                ("plan", Value::from(after.name)),
                ("plan_price", after.price.into()),
                ("users_limit", after.users.into()),
                ("storage_limit", after.storage.into()),
            ],
        );
        self.measure(at.plus(days(1.0)));
    }

    /// Complaints and searches for a way out, while the logins fall (see [`crate::stories::Story::zeal`]).
    fn show_churn(&mut self, episode: &Episode) {
        let from = episode.at.minus(days(22.0));
        for _ in 0..self.visits.dice.between(1, 3) {
            let at = self.office(from, episode.at);
            self.visits.inquire(at, "complaint");
        }
        for _ in 0..self.visits.dice.between(1, 2) {
            let at = self.office(from, episode.at);
            self.visits.search_for_leaving(at);
        }
        if self.visits.dice.chance(0.4) {
            let at = self.office(from, episode.at);
            self.visits.cancel_page(at);
        }
        self.visits.search_for_leaving(episode.at);
    }

    fn leave(&mut self, at: Timestamp) {
        let all = self.visits.all();
        let noted = at.minus(self.visits.dice.between(30, 1_200) * Timestamp::MINUTE);
        self.ledger().happened(all, noted, "exit_survey_answered", []);
        let reason = *self.visits.dice.pick(&REASONS);
        self.ledger().happened(all, at, "cancelled", [("reason", reason.into())]);
        let attributes = [("status", "解約済み".into()), ("contract_renews_on", Value::Missing)];
        self.ledger().became(all, at, attributes);
    }

    /// Materials are asked for; the mail with them is opened or not; a meeting follows or not.
    fn follow_up(&mut self, episode: &Episode) {
        // The mail is opened at `at`, within a week after the request.
        let requested = episode.at.minus(days(self.visits.dice.amid(0.1, 5.5)));
        let sent = requested.plus(self.visits.dice.between(2, 90) * Timestamp::MINUTE);
        let materials = *self.visits.dice.pick(&MATERIALS);
        let contact = self.visits.someone();
        let who = self.visits.who(contact);
        self.ledger().happened(
            who,
            requested,
            "materials_requested",
            [("materials", materials.into())],
        );
        let clicked = self.visits.dice.chance(0.4);
        let opened = episode.shown.then_some(episode.at);
        self.visits.mail("資料送付のご案内", sent, opened, clicked);
        if let Some(outcome) = episode.outcome_at {
            let held = outcome.plus(days(self.visits.dice.amid(1.0, 9.0)));
            self.meet(outcome, held);
        }
    }

    /// A meeting is set, and held.
    fn meet(&mut self, set: Timestamp, held: Timestamp) {
        let all = self.visits.all();
        self.ledger().happened(all, set, "meeting_set", [("note", "打合せの日程を確定".into())]);
        self.ledger().happened(all, held, "meeting_held", []);
    }
}
