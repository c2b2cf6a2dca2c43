//! One visit each: to the web site, the help search, support and the mailbox.

use facts::{Timestamp, Value};

use crate::{
    cast::{Company, Contact},
    dice::Dice,
    ledger::{Ledger, Who},
    words::{
        lines,
        products::{FEATURES, PLANS, RIVALS},
        talk,
        web::{ARTICLES, CASE_STUDIES, DOCUMENTS, HELP_TOPICS, LEAVING_SEARCHES, SEARCHES, SITE},
    },
};

/// What one company's people do, noted as it happens.
pub(crate) struct Visits<'a> {
    pub(crate) company: &'a Company,
    pub(crate) ledger: &'a mut Ledger,
    pub(crate) dice: Dice,
}

impl<'a> Visits<'a> {
    /// The company itself.
    pub(crate) fn all(&self) -> Who<'a> {
        Who { customer: &self.company.key, contact: None }
    }

    /// One of its contacts, the busy ones more often.
    pub(crate) fn someone(&mut self) -> &'a Contact {
        let weights: Vec<u32> = self.company.contacts.iter().map(|one| one.weight).collect();
        &self.company.contacts[self.dice.weighted(&weights)]
    }

    pub(crate) fn who(&self, contact: &'a Contact) -> Who<'a> {
        Who { customer: &self.company.key, contact: Some(&contact.key) }
    }

    fn page(
        &mut self,
        at: Timestamp,
        page: &str,
        page_type: &str,
        path: &str,
        usual: i64,
        more: Option<(&str, Value)>,
    ) {
        let contact = self.someone();
        let who = self.who(contact);
        let properties = [
            ("page", page.into()),
            ("page_type", page_type.into()),
            ("dwell_seconds", self.dice.dwell(usual).into()),
            ("url", Value::text(format!("{SITE}{path}"))),
        ];
        self.ledger.happened(who, at, "page_viewed", properties.into_iter().chain(more));
    }

    pub(crate) fn pricing(&mut self, at: Timestamp) {
        self.page(at, "料金プラン", "pricing", "/pricing", 60, None);
    }

    /// Reads a case study for about so many seconds.
    pub(crate) fn case_study(&mut self, at: Timestamp, usual: i64) {
        let place = self.dice.between(0, CASE_STUDIES.len() as i64 - 1) as usize;
        let path = format!("/cases/{}", place + 1);
        self.page(at, CASE_STUDIES[place], "case_study", &path, usual, None);
    }

    /// Looks at the page of a feature.
    pub(crate) fn feature(&mut self, at: Timestamp, place: usize) {
        let (name, plan, _) = FEATURES[place];
        let page = format!("機能紹介: {name}");
        let path = format!("/features/{}", place + 1);
        let plan = ("plan", PLANS[plan].name.into());
        self.page(at, &page, "feature", &path, 70, Some(plan));
    }

    pub(crate) fn help(&mut self, at: Timestamp) {
        let place = self.dice.between(0, HELP_TOPICS.len() as i64 - 1) as usize;
        let topic = HELP_TOPICS[place];
        let path = format!("/help/{}", place + 1);
        let page = format!("ヘルプ: {topic}");
        self.page(at, &page, "help", &path, 80, Some(("topic", topic.into())));
    }

    /// Looks at how to end the contract.
    pub(crate) fn cancel_page(&mut self, at: Timestamp) {
        self.page(at, "ご解約の手続き", "cancel", "/account/cancel", 90, None);
    }

    /// Looks at a page that foretells nothing.
    pub(crate) fn seasonal_page(&mut self, at: Timestamp) {
        let topic = Some(("topic", "季節".into()));
        self.page(at, "季節の壁紙とカレンダー", "blog", "/blog/season", 60, topic);
    }

    /// A look around, of a prospect or of a customer.
    pub(crate) fn wander(&mut self, at: Timestamp, pays: bool) {
        let kinds = if pays { [34, 14, 28, 1, 3, 20] } else { [34, 20, 34, 4, 8, 0] };
        match self.dice.weighted(&kinds) {
            0 => self.page(at, "トップ", "top", "/", 20, None),
            1 => {
                let place = self.dice.between(0, FEATURES.len() as i64 - 1) as usize;
                self.feature(at, place);
            }
            2 => {
                let place = self.dice.between(0, ARTICLES.len() as i64 - 1) as usize;
                let path = format!("/blog/{}", place + 1);
                self.page(at, ARTICLES[place], "blog", &path, 75, None);
            }
            3 => self.pricing(at),
            4 => self.case_study(at, 60),
            _ => self.help(at),
        }
    }

    pub(crate) fn download(&mut self, at: Timestamp) {
        let contact = self.someone();
        let document = *self.dice.pick(&DOCUMENTS);
        let who = self.who(contact);
        self.ledger.happened(who, at, "document_downloaded", [("document", document.into())]);
    }

    /// Searches the help for everyday words.
    pub(crate) fn search(&mut self, at: Timestamp) {
        let words = if self.dice.chance(0.1) {
            self.dice.pick(&FEATURES).0
        } else {
            *self.dice.pick(&SEARCHES)
        };
        self.search_for(at, words);
    }

    /// Searches the help for a way out or for a rival.
    pub(crate) fn search_for_leaving(&mut self, at: Timestamp) {
        let words = *self.dice.pick(&LEAVING_SEARCHES);
        let rival = *self.dice.pick(&RIVALS);
        self.search_for(at, &words.replace("{rival}", rival));
    }

    pub(crate) fn search_for(&mut self, at: Timestamp, words: &str) {
        let contact = self.someone();
        let who = self.who(contact);
        self.ledger.happened(who, at, "help_searched", [("words", words.into())]);
    }

    /// Writes to support: `question`, `complaint` or `feature_request`.
    pub(crate) fn inquire(&mut self, at: Timestamp, kind: &str) {
        let texts = lines(match kind {
            "complaint" => talk::COMPLAINTS,
            "feature_request" => talk::WISHES,
            _ => talk::QUESTIONS,
        });
        let contact = self.someone();
        let who = self.who(contact);
        let properties = [
            ("kind", kind.into()),
            ("topic", (*self.dice.pick(&HELP_TOPICS)).into()),
            ("text", (*self.dice.pick(&texts)).into()),
        ];
        self.ledger.happened(who, at, "inquired", properties);
    }

    /// A mail is sent, and opened and clicked at these instants if at all.
    pub(crate) fn mail(
        &mut self,
        campaign: &str,
        sent: Timestamp,
        opened: Option<Timestamp>,
        clicked: bool,
    ) {
        let contact = self.someone();
        let who = self.who(contact);
        self.ledger.happened(who, sent, "mail_sent", [("campaign", campaign.into())]);
        let Some(opened) = opened else { return };
        self.ledger.happened(who, opened, "mail_opened", [("campaign", campaign.into())]);
        if clicked {
            let at = opened.plus(self.dice.between(8, 240) * Timestamp::SECOND);
            self.ledger.happened(who, at, "mail_clicked", [("campaign", campaign.into())]);
        }
    }
}
