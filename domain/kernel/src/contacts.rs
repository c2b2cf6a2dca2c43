//! A condition asked of every contact of a customer in turn.

use condition::HowMany;
use facts::Reading;

use crate::{
    Found,
    moment::{Contact, Moment},
};

/// What came of asking every contact.
pub(crate) struct Asked<'a> {
    pub(crate) reading: Reading<bool>,
    pub(crate) found: Found,
    /// Whose reasons are worth showing: the first contact for whom it holds, or else the first known one.
    pub(crate) shown: Option<Contact<'a>>,
}

/// Asks every contact that is known. One who will be known later is waited for.
pub(crate) fn ask<'a>(
    how_many: HowMany,
    moment: Moment<'a>,
    mut satisfies: impl FnMut(Moment<'a>) -> Reading<bool>,
) -> Asked<'a> {
    let mut readings = vec![];
    let mut satisfying = vec![];
    let mut shown: Option<Contact<'a>> = None;
    let mut until = None;
    for (key, known_since) in moment.history.contacts_known_since() {
        let contact = Contact { key, known_since };
        if moment.at < known_since {
            until = [until, Some(known_since)].into_iter().flatten().min();
            continue;
        }
        let reading = satisfies(Moment { contact: Some(contact), ..moment });
        if reading.value {
            if satisfying.is_empty() {
                shown = Some(contact);
            }
            satisfying.push(key.to_owned());
        }
        shown = shown.or(Some(contact));
        readings.push(reading);
    }
    // Whoever becomes known may satisfy it from then on, or not.
    let newcomer = Reading::until(false, until);
    let any = readings.iter().fold(newcomer, |any, reading| any.or(*reading));
    let reading = match how_many {
        HowMany::Any => any,
        HowMany::None => any.negated(),
        HowMany::All => {
            let all = readings.iter().fold(newcomer.negated(), |all, reading| all.and(*reading));
            // Where there is nobody, not everybody does.
            if readings.is_empty() { newcomer } else { all }
        }
        HowMany::AtLeast(n) => {
            let lapses = readings.iter().filter_map(|reading| reading.holds_until);
            let until = lapses.chain(until).min();
            Reading::until(n as usize <= satisfying.len(), until)
        }
    };
    let found = Found::Contacts { satisfying, known: readings.len() };
    Asked { reading, found, shown }
}
