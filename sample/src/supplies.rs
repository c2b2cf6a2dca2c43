//! Buying the same supply again and again, each customer at a rhythm of their own, and forgetting to (買い忘れ).
//!
//! ```text
//!   bought    bought    bought        due          views     (bought after all)
//!   ──●─────────●─────────●────────────○───────────v─v─v────────────●──▶
//!     └── gap ──┘                      └─ overdue ─┘ the sign
//! ```

use facts::{Timestamp, Value};

use crate::{
    almanac::Almanac,
    dice::Dice,
    ledger::{Ledger, Who},
    words::{products::SUPPLIES, web::SITE},
};

/// What happens to the rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It goes on until now, or until the customer loses interest.
    GoesOn,
    /// Overdue right now, and looking at the product again and again.
    ForgottenNow,
    /// Forgotten once; then bought after all, or never again.
    ForgottenOnce { bought: bool },
}

/// One customer's need of one product.
#[derive(Debug, Clone)]
pub(crate) struct Need {
    /// Place in [`SUPPLIES`].
    pub(crate) product: usize,
    /// Usual days between two purchases.
    pub(crate) gap: f64,
    pub(crate) quantity: i64,
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
    pub(crate) turn: Turn,
}

/// A forgotten purchase that was planted.
#[derive(Debug, Clone)]
pub(crate) struct Forgotten {
    pub(crate) at: Timestamp,
    pub(crate) outcome_at: Option<Timestamp>,
    pub(crate) is_now: bool,
}

/// Days from the sign to the purchase.
pub(crate) const LEAD: (u32, u32) = (1, 9);

/// A customer at the shop.
pub(crate) struct Shopper<'a> {
    pub(crate) almanac: &'a Almanac,
    pub(crate) who: Who<'a>,
    /// Buys in office hours.
    pub(crate) company: bool,
    /// Nobody looks before being known.
    pub(crate) since: Timestamp,
    /// Orders so far.
    pub(crate) orders: usize,
}

impl Shopper<'_> {
    /// Lives one need from its first purchase on.
    pub(crate) fn live(
        &mut self,
        ledger: &mut Ledger,
        dice: &mut Dice,
        need: &Need,
    ) -> Option<Forgotten> {
        match need.turn {
            Turn::ForgottenNow => Some(self.forget_now(ledger, dice, need)),
            Turn::GoesOn => {
                self.go_on(ledger, dice, need, need.from);
                None
            }
            Turn::ForgottenOnce { bought } => self.forget_once(ledger, dice, need, bought),
        }
    }

    /// Purchases from `from` on at the need's rhythm.
    fn go_on(&mut self, ledger: &mut Ledger, dice: &mut Dice, need: &Need, from: Timestamp) {
        let mut due = from;
        while due < need.until && due <= self.almanac.now {
            let at = self.hour(dice, due);
            self.look_and_buy(ledger, dice, need, at);
            // Now and then a gap is long for no reason at all.
            let stretch = if dice.chance(0.03) { 2.1 } else { dice.amid(0.84, 1.18) };
            due = at.plus(days(need.gap * stretch));
        }
    }

    fn forget_now(&mut self, ledger: &mut Ledger, dice: &mut Dice, need: &Need) -> Forgotten {
        let now = self.almanac.now;
        let views_from = now.minus(days(dice.amid(4.0, 9.0)));
        let mut due = now.minus(days(need.gap * dice.amid(1.9, 2.5)));
        let mut bought = Vec::new();
        for _ in 0..dice.between(5, 12) {
            if due <= need.from {
                break;
            }
            bought.push(self.hour(dice, due));
            due = due.minus(days(need.gap * dice.amid(0.9, 1.1)));
        }
        for at in bought.into_iter().rev() {
            self.look_and_buy(ledger, dice, need, at);
        }
        let last = now.minus(dice.between(200, 60_000) * Timestamp::SECOND);
        self.look_again(ledger, dice, need, views_from, last);
        Forgotten { at: last, outcome_at: None, is_now: true }
    }

    fn forget_once(
        &mut self,
        ledger: &mut Ledger,
        dice: &mut Dice,
        need: &Need,
        bought: bool,
    ) -> Option<Forgotten> {
        let before = dice.between(5, 8);
        let mut due = need.from;
        let mut last = need.from;
        for _ in 0..before {
            last = self.hour(dice, due);
            if self.almanac.now < last {
                return None;
            }
            self.look_and_buy(ledger, dice, need, last);
            due = last.plus(days(need.gap * dice.amid(0.9, 1.1)));
        }
        let at = last.plus(days(need.gap * dice.amid(1.9, 2.5)));
        if self.almanac.days_ago(20.0) < at {
            // Too late to see what came of it: go on as usual.
            self.go_on(ledger, dice, need, due);
            return None;
        }
        let views_from = at.minus(days(dice.amid(4.0, 9.0)));
        self.look_again(ledger, dice, need, views_from, at);
        let outcome = bought.then(|| {
            let from = at.plus(i64::from(LEAD.0) * Timestamp::DAY);
            self.within(dice, from, at.plus(i64::from(LEAD.1) * Timestamp::DAY))
        });
        if let Some(outcome) = outcome {
            self.buy(ledger, dice, need, outcome);
            let next = outcome.plus(days(need.gap * dice.amid(0.9, 1.1)));
            self.go_on(ledger, dice, need, next);
        }
        Some(Forgotten { at, outcome_at: outcome, is_now: false })
    }

    /// Four to six views of the product, the last one at `to`.
    fn look_again(
        &self,
        ledger: &mut Ledger,
        dice: &mut Dice,
        need: &Need,
        from: Timestamp,
        to: Timestamp,
    ) {
        for _ in 0..dice.between(3, 5) {
            let at = self.within(dice, from, to);
            self.view(ledger, dice, need.product, at);
        }
        self.view(ledger, dice, need.product, to);
    }

    fn look_and_buy(&mut self, ledger: &mut Ledger, dice: &mut Dice, need: &Need, at: Timestamp) {
        for _ in 0..dice.weighted(&[4, 6, 2]) {
            let seen = at.minus(dice.between(3, 1_800) * Timestamp::MINUTE);
            self.view(ledger, dice, need.product, seen);
        }
        if dice.chance(0.4) {
            self.put_in_cart(
                ledger,
                need.product,
                at.minus(dice.between(1, 40) * Timestamp::MINUTE),
            );
        }
        self.buy(ledger, dice, need, at);
    }

    fn buy(&mut self, ledger: &mut Ledger, dice: &mut Dice, need: &Need, at: Timestamp) {
        let (product, category, price, _, _) = SUPPLIES[need.product];
        let quantity = (need.quantity + i64::from(dice.chance(0.12))).max(1);
        self.orders += 1;
        let order = format!("{}-{:03}", self.who.customer, self.orders);
        ledger.happened(
            self.who,
            at,
            "purchased",
            [
                ("product", product.into()),
                ("category", category.into()),
                ("quantity", quantity.into()),
                ("amount", (quantity * price).into()),
                ("order", order.into()),
                ("channel", "online".into()),
            ],
        );
    }

    /// Puts a product into the cart.
    pub(crate) fn put_in_cart(&self, ledger: &mut Ledger, product: usize, at: Timestamp) {
        let at = at.max(self.since);
        ledger.happened(self.who, at, "cart_added", [("product", SUPPLIES[product].0.into())]);
    }

    /// Looks at a product's page.
    pub(crate) fn view(&self, ledger: &mut Ledger, dice: &mut Dice, product: usize, at: Timestamp) {
        let name = SUPPLIES[product].0;
        ledger.happened(
            self.who,
            at.max(self.since),
            "page_viewed",
            [
                ("page", name.into()),
                ("page_type", "product".into()),
                ("product", name.into()),
                ("dwell_seconds", dice.dwell(45).into()),
                ("url", Value::text(format!("{SITE}/store/{:03}", product + 1))),
            ],
        );
    }

    /// An hour at which this customer buys, on the day of `at` or, for companies, the next working one.
    fn hour(&self, dice: &mut Dice, at: Timestamp) -> Timestamp {
        if self.company {
            return self.almanac.next_office(dice, at);
        }
        // On a slow day some put it off until tomorrow.
        let later = if dice.chance(self.almanac.day_of(at).shop) { 0 } else { Timestamp::DAY };
        let hour = self.almanac.home_hour(dice, self.almanac.day_of(at.plus(later)));
        hour.max(self.since.plus(Timestamp::MINUTE))
    }

    fn within(&self, dice: &mut Dice, from: Timestamp, to: Timestamp) -> Timestamp {
        if self.company {
            self.almanac.in_office(dice, from, to)
        } else {
            self.almanac.at_home(dice, from, to)
        }
    }
}

/// One product, the popular ones more often.
pub(crate) fn draw_product(dice: &mut Dice) -> usize {
    let weights: [u32; 18] = std::array::from_fn(|place| SUPPLIES[place].4);
    dice.weighted(&weights)
}

/// So many days in milliseconds, rounded to a second.
pub(crate) fn days(days: f64) -> i64 {
    (days * 86_400.0) as i64 * Timestamp::SECOND
}
