//! What to offer next: what is owned together more often than chance, and by customers of which attributes.
//!
//! ```text
//!   who has A ──▶ share that has B, at least      (interval at a level that allows for everything that was tried)
//!   who has not ─▶ share that has B, at most
//!                  the first over the second is the least lift; above 1 the pair is told
//! ```
//! Whether that is worth more than naming what sells best is tried on the past: learnt of what was owned at an instant, held
//! against what customers bought for the first time after it.

use std::cmp::Reverse;

use experiments::exact_between;

/// What one customer has, and is, at an instant: numbers of items and of attribute values, each sorted and once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bag {
    /// Items bought so far.
    pub items: Vec<u32>,
    /// Values of attributes, by number.
    pub traits: Vec<u32>,
}

/// Where a pair begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum From {
    /// Who has this item.
    Item(u32),
    /// Who has this value of an attribute.
    Trait(u32),
}

/// Who has one thing has another more often than others have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Together {
    /// Who.
    pub from: From,
    /// Has this item.
    pub to: u32,
    /// So many have both.
    pub both: u64,
    /// Of so many who have the first.
    pub of: u64,
    /// Their share.
    pub share: f64,
    /// How many times the share of those who have not the first; none where nobody of them has the second.
    pub lift: Option<f64>,
    /// At least so many times, allowing for everything that was tried. Invariant: above 1.
    pub lift_low: f64,
}

/// What was learnt of some bags.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Learned {
    /// Customers with at least one item.
    pub customers: u64,
    /// How many have each item.
    pub owners: Vec<u64>,
    /// So many pairs were tried.
    pub tried: usize,
    /// Those surer than chance, by their beginning, the largest share first.
    pub pairs: Vec<Together>,
}

/// An item that a customer has not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suggestion {
    /// The item.
    pub item: u32,
    /// How many of those like the customer have it, or of all where nothing of the customer's speaks for it.
    pub share: f64,
    /// What speaks for it: a place in [`Learned::pairs`].
    pub because: Option<usize>,
}

/// What came of suggesting, held against naming what sells best.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tried {
    /// Customers who had something and bought something new.
    pub n: u64,
    /// For so many, something new was among the suggestions.
    pub hits: u64,
    /// For so many, it was among what sells best.
    pub popular: u64,
    /// For so many only among the suggestions.
    pub only_ours: u64,
    /// For so many only among what sells best.
    pub only_popular: u64,
}

/// What a trial says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Too few to say.
    TooLittle,
    /// Right more often than what sells best.
    Better,
    /// Neither is surely right more often.
    NoBetter,
    /// What sells best is right more often.
    Worse,
}

/// So many suggestions are made, and tried.
pub const SUGGESTED: usize = 3;
/// Fewer customers than these say nothing.
pub const TRIED_LEAST: u64 = 30;
/// A pair is tried when so many have the first, and so many the second.
const OWNERS_LEAST: u64 = 20;
/// All that is told together is wrong once in twenty times.
const WRONG: f64 = 0.05;

impl Learned {
    /// Learns of what customers have.
    pub fn of<'b>(bags: impl Iterator<Item = &'b Bag>, n_items: usize, n_traits: usize) -> Learned {
        let n_from = n_items + n_traits;
        let (mut both, mut owners) = (vec![0_u32; n_from * n_items], vec![0_u64; n_from]);
        let mut customers = 0;
        for bag in bags.filter(|bag| !bag.items.is_empty()) {
            customers += 1;
            let items = bag.items.iter().map(|item| *item as usize);
            let traits = bag.traits.iter().map(|one| n_items + *one as usize);
            for from in items.chain(traits) {
                owners[from] += 1;
                for to in &bag.items {
                    both[from * n_items + *to as usize] += 1;
                }
            }
        }
        let enough = |n: u64| OWNERS_LEAST <= n && n < customers;
        let wanted =
            |from: usize, to: usize| from != to && enough(owners[from]) && enough(owners[to]);
        let all = (0..n_from).flat_map(|from| (0..n_items).map(move |to| (from, to)));
        let wanted: Vec<(usize, usize)> = all.filter(|(from, to)| wanted(*from, *to)).collect();
        // Two intervals for each pair share what may be wrong; exact ones, since they are asked far out.
        let confidence = 1.0 - WRONG / wanted.len().max(1) as f64;
        let pairs = wanted.iter().filter_map(|(from, to)| {
            let seen = u64::from(both[from * n_items + to]);
            let counts = (seen, owners[*from], owners[*to], customers);
            let from = match from.checked_sub(n_items) {
                None => From::Item(*from as u32),
                Some(of) => From::Trait(of as u32),
            };
            together(from, *to as u32, counts, confidence)
        });
        let mut pairs: Vec<Together> = pairs.collect();
        pairs.sort_by(|a, b| {
            a.from.cmp(&b.from).then(b.share.total_cmp(&a.share)).then(a.to.cmp(&b.to))
        });
        owners.truncate(n_items);
        Learned { customers, owners, tried: wanted.len(), pairs }
    }

    /// The items that a customer has not and is likeliest to want, at most `most`: by the share among those like the
    /// customer where something speaks for them, otherwise by how many have them.
    pub fn next(&self, bag: &Bag, most: usize) -> Vec<Suggestion> {
        let whole = self.customers.max(1) as f64;
        let mut all: Vec<Suggestion> = self
            .owners
            .iter()
            .enumerate()
            .filter(|(item, owners)| {
                0 < **owners && bag.items.binary_search(&(*item as u32)).is_err()
            })
            .map(|(item, owners)| Suggestion {
                item: item as u32,
                share: *owners as f64 / whole,
                because: None,
            })
            .collect();
        for (place, pair) in self.pairs.iter().enumerate() {
            let holds = match pair.from {
                From::Item(item) => bag.items.binary_search(&item).is_ok(),
                From::Trait(of) => bag.traits.binary_search(&of).is_ok(),
            };
            let Some(open) = all.iter_mut().find(|one| one.item == pair.to).filter(|_| holds)
            else {
                continue;
            };
            if open.share < pair.share {
                (open.share, open.because) = (pair.share, Some(place));
            }
        }
        all.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.item.cmp(&b.item)));
        all.truncate(most);
        all
    }

    /// The items that most customers have and this one has not.
    pub fn popular(&self, bag: &Bag, most: usize) -> Vec<u32> {
        let mut open: Vec<(u64, u32)> = (0_u32..)
            .zip(&self.owners)
            .filter(|(item, owners)| 0 < **owners && bag.items.binary_search(item).is_err())
            .map(|(item, owners)| (*owners, item))
            .collect();
        open.sort_by_key(|(owners, item)| (Reverse(*owners), *item));
        open.into_iter().take(most).map(|(_, item)| item).collect()
    }

    /// Tries suggestions on customers of whom it is known what they bought for the first time afterwards.
    pub fn tried<'b>(&self, later: impl Iterator<Item = (&'b Bag, &'b [u32])>) -> Tried {
        let mut tried = Tried::default();
        for (bag, new) in later.filter(|(bag, new)| !bag.items.is_empty() && !new.is_empty()) {
            let ours = self.next(bag, SUGGESTED).iter().any(|one| new.contains(&one.item));
            let popular = self.popular(bag, SUGGESTED).iter().any(|item| new.contains(item));
            tried.n += 1;
            tried.hits += u64::from(ours);
            tried.popular += u64::from(popular);
            tried.only_ours += u64::from(ours && !popular);
            tried.only_popular += u64::from(popular && !ours);
        }
        tried
    }
}

/// A pair, if it is surer than chance among all that are tried.
fn together(
    from: From,
    to: u32,
    (both, of, owners, customers): (u64, u64, u64, u64),
    confidence: f64,
) -> Option<Together> {
    let (others, without) = (customers - of, owners - both);
    // Most pairs are not worth an interval.
    if u128::from(both) * u128::from(others) <= u128::from(without) * u128::from(of) {
        return None;
    }
    let (low, _) = exact_between(both, of, confidence);
    let (_, high) = exact_between(without, others, confidence);
    let lift_low = low / high;
    let share = both as f64 / of as f64;
    let base = without as f64 / others as f64;
    let lift = (0.0 < base).then(|| share / base);
    (1.0 < lift_low).then_some(Together { from, to, both, of, share, lift, lift_low })
}

impl Tried {
    /// Whether suggestions were right more often than what sells best: by those where only one of the two was right,
    /// with an exact interval of 95 % of their share (the test of McNemar).
    pub fn verdict(&self) -> Verdict {
        if self.n < TRIED_LEAST {
            return Verdict::TooLittle;
        }
        let apart = self.only_ours + self.only_popular;
        if apart == 0 {
            return Verdict::NoBetter;
        }
        match exact_between(self.only_ours, apart, 0.95) {
            (low, _) if 0.5 < low => Verdict::Better,
            (_, high) if high < 0.5 => Verdict::Worse,
            _ => Verdict::NoBetter,
        }
    }
}
