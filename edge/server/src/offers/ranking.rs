//! How well an offer fits everybody: asked of columns, summed up, and kept while the list is read.

use condition::{Condition, SegmentId};
use facts::Timestamp;
use offers::{Asked, Offer, Ranked};
use roaring::RoaringBitmap;

use crate::{
    host::{
        App, Scope,
        asking::{Gone, Questions},
    },
    http::error::Answer,
    offers::Book,
};

/// By which a ranking is found again.
#[derive(PartialEq)]
pub(crate) struct RankingKey {
    conditions: Vec<(SegmentId, Condition)>,
    weights: Vec<u8>,
    version: usize,
    at: Timestamp,
}

/// Customers in the order in which an offer fits them, and how each criterion stands among them.
pub(crate) struct Ranking {
    /// Those to whom it can be proposed, the best fit first.
    pub(crate) ranked: Vec<Ranked>,
    known: RoaringBitmap,
    open: RoaringBitmap,
    owners: RoaringBitmap,
    /// For each criterion: for whom it surely holds, and for whom it could.
    criteria: Vec<(RoaringBitmap, RoaringBitmap)>,
}

/// How a criterion stands among some customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tendency {
    pub(crate) met: u64,
    pub(crate) unmet: u64,
    pub(crate) unknown: u64,
}

impl Book {
    /// How well a version of an offer fits everybody at an instant; kept for a while, so that the pages of one list agree.
    pub(crate) fn ranking(
        &self,
        app: &App,
        (offer, version): (&Offer, usize),
        at: Timestamp,
        gone: &Gone,
    ) -> Answer<std::sync::Arc<Ranking>> {
        let signs = self.background.signs();
        let asked = offer.asked(&|id| signs.iter().any(|sign| sign == id));
        let questions = Questions::new(asked.conditions.clone(), &self.background)?;
        let key = RankingKey {
            conditions: questions.conditions().to_vec(),
            weights: offer.criteria.iter().map(|one| one.weight).collect(),
            version,
            at,
        };
        if let Some(kept) = app.rankings.find(&key, at) {
            return Ok(kept);
        }
        let questions = app.ready(questions, at, gone)?;
        let census = app.census(&questions, &[(at, questions.all())], &Scope::All, gone)?;
        let mut census = census.into_iter();
        let Some(census) = census.next() else {
            return Err(crate::http::error::ApiError::ours("a ranking", "nothing was counted"));
        };
        let ranking = Ranking::of(&asked, version, census.known, &census.members);
        Ok(app.rankings.put(key, at, ranking))
    }
}

impl Ranking {
    fn of(
        asked: &Asked,
        version: usize,
        known: RoaringBitmap,
        members: &[RoaringBitmap],
    ) -> Ranking {
        let open = asked.open(&known, members);
        let ranked = asked.rank(version, &open, members);
        let criteria = asked.sides(members);
        Ranking { ranked, owners: asked.owners(members) & &known, known, open, criteria }
    }

    /// How many there are in scope: known, with the offer already, and those to whom it can be proposed.
    pub(crate) fn counts(&self, scope: &Scope) -> (u64, u64, u64) {
        (scope.count(&self.known), scope.count(&self.owners), scope.count(&self.open))
    }

    /// How a criterion stands among those in scope to whom the offer can be proposed, and among its owners.
    pub(crate) fn tendencies(&self, criterion: usize, scope: &Scope) -> [Tendency; 2] {
        let (surely, possibly) = &self.criteria[criterion];
        [&self.open, &self.owners].map(|group| {
            let group = scope.of(group);
            let (met, possible) =
                (group.intersection_len(surely), group.intersection_len(possibly));
            Tendency { met, unmet: group.len() - possible, unknown: possible - met }
        })
    }
}
