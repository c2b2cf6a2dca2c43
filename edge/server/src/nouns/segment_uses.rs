//! What refers to a segment besides segments and signs: models that learn from its members, offers, and the needs that
//! they meet. What is referred to stays in use.

use condition::{Condition, Language, Said};

use crate::{
    host::App,
    http::error::{Answer, ApiError},
    nouns::models,
    offers::{Book, KnownNeed},
};

/// Everything of these kinds that is in use, with the segments it refers to.
pub(crate) struct Uses(Vec<(Said, Vec<String>)>);

impl Uses {
    pub(crate) async fn read(app: &App) -> Answer<Uses> {
        let book = Book::read(app).await?;
        let in_conditions = |conditions: &mut dyn Iterator<Item = &Condition>| {
            conditions.flat_map(Condition::segments).map(|id| id.to_string()).collect()
        };
        let learnt = models::drafts(app).await?.into_iter().map(|(draft, _)| {
            let learnt_of = draft.learn.segment().map(str::to_owned);
            (draft.name, learnt_of.into_iter().collect())
        });
        let offers = book
            .in_force()
            .map(|offer| (offer.name.clone(), in_conditions(&mut offer.conditions())));
        let needs = book.needs.iter().filter_map(KnownNeed::in_force).map(|need| {
            (
                need.name.clone(),
                in_conditions(&mut need.stated_when.iter().chain(&need.latent_when)),
            )
        });
        Ok(Uses(learnt.chain(offers).chain(needs).collect()))
    }

    /// Whether anything refers to a segment.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.of(id).next().is_some()
    }

    fn of<'u>(&'u self, id: &'u str) -> impl Iterator<Item = &'u Said> {
        let using = self.0.iter().filter(move |(_, segments)| segments.iter().any(|one| one == id));
        using.map(|(name, _)| name)
    }

    /// # Errors
    /// Names what refers to the segment.
    pub(crate) fn refuse(&self, id: &str) -> Answer<()> {
        if !self.has(id) {
            return Ok(());
        }
        let names =
            |language| self.of(id).map(|name| name.get(language)).collect::<Vec<&str>>().join(", ");
        let (ja, en) = (names(Language::Ja), names(Language::En));
        Err(ApiError::conflict(
            format!(
                "このセグメントは次の予測モデル・提案・ニーズで使われています: {ja}。先にそちらを変えてください"
            ),
            format!("models, offers or needs refer to this segment: {en}; change them first"),
        ))
    }
}
