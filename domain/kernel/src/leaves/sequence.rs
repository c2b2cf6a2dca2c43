//! Steps one after another.
//!
//! Events of all steps are walked once in time order, an instant at a time. For every step the chain that reached
//! it last is kept: a later last step is never worse for what may follow.
//!
//! ```text
//!   A ──within──▶ B ──within──▶ C          never_between: none strictly between A and C
//!                               └─ never_since ──▶ t      then_no: none in (C, C + length], and t is past it
//! ```

use condition::{Events, Sequence};
use facts::{Event, Millis, Reading, Timestamp};

use super::{Answer, Notes, succession};
use crate::{
    because::Found,
    moment::{Matching, Moment},
    span::Span,
};

/// The events of one step, and how far the step before may be away.
type Steps<'a> = (Matching<'a>, Option<Millis>);

/// A chain of events that has reached some step.
#[derive(Clone, Debug)]
struct Chain {
    start: Timestamp,
    last: Timestamp,
    events: Vec<Event>,
}

impl Moment<'_> {
    pub(super) fn sequence(&self, sequence: &Sequence, notes: &mut Notes) -> Answer {
        let span = Span::new(&sequence.window, self.calendar, self.at);
        let steps: Vec<Steps<'_>> = std::iter::once((&sequence.first, None))
            .chain(
                sequence
                    .then
                    .iter()
                    .map(|step| (&step.events, step.within.map(|length| length.millis))),
            )
            .map(|(events, within)| (self.matching(events, Timestamp::MIN), within))
            .collect();
        let others = [
            sequence.never_between.as_ref(),
            sequence.never_since.as_ref(),
            sequence.then_no.as_ref().map(|(events, _)| events),
        ]
        .map(|events| events.map(|events: &Events| self.matching(events, Timestamp::MIN)));
        let since = others[1]
            .as_ref()
            .and_then(|never| never.so_far(self.at).last())
            .map(|event| event.stamp.at);
        if let Some(answer) = self.simple(sequence, (&steps, &others[1], since), &span, notes) {
            return answer;
        }
        let chains = complete_chains(&steps, &span, others[0].as_ref());
        let fitting = chains.iter().filter(|chain| since.is_none_or(|since| since <= chain.last));
        let mut ripens = None;
        let chosen = fitting
            .filter(|chain| self.nothing_followed(sequence, &others[2], chain, &mut ripens))
            .max_by_key(|chain| (chain.start, chain.last));
        if let Some(chain) = chosen {
            notes.take(&chain.events);
        }
        let entering = steps.iter().map(|(matching, _)| matching).chain(others.iter().flatten());
        let next = entering.filter_map(|matching| {
            let own = [
                span.next_change(matching.all()),
                matching.next_after(self.at),
                matching.filters_hold_until,
            ];
            own.into_iter().flatten().min()
        });
        let holds_until = next.chain(ripens).min();
        Answer {
            reading: Reading::until(chosen.is_some(), holds_until),
            found: Found::When(chosen.map(|chain| chain.last)),
        }
    }

    /// The answer of a sequence whose latest chain decides, while nothing of it has yet to come; none otherwise, and
    /// when the records that count are wanted.
    fn simple(
        &self,
        sequence: &Sequence,
        (steps, never, since): (&[Steps<'_>], &Option<Matching<'_>>, Option<Timestamp>),
        span: &Span<'_>,
        notes: &Notes,
    ) -> Option<Answer> {
        let settled = steps.iter().map(|(matching, _)| matching).chain(never);
        let is_settled = |matching| succession::is_settled(matching, span);
        let nothing_comes = never.iter().all(|never| never.next_after(self.at).is_none());
        if !matches!(notes, Notes::None)
            || !span.is_exact()
            || !nothing_comes
            || !succession::is_simple(sequence)
            || !settled.into_iter().all(is_settled)
        {
            return None;
        }
        let inside: Vec<succession::Step<&[Event]>> =
            steps.iter().map(|(matching, within)| (span.of(matching.all()), *within)).collect();
        let found = succession::latest(&inside)
            .filter(|chain| since.is_none_or(|since| since <= chain.last));
        Some(Answer {
            reading: Reading::until(found.is_some(), succession::holds_until(found, span)),
            found: Found::When(found.map(|chain| chain.last)),
        })
    }

    /// Whether the silence asked for after a chain has been kept; otherwise notes when it may have been.
    fn nothing_followed(
        &self,
        sequence: &Sequence,
        never: &Option<Matching<'_>>,
        chain: &Chain,
        ripens: &mut Option<Timestamp>,
    ) -> bool {
        let (Some((_, length)), Some(never)) = (&sequence.then_no, never) else { return true };
        let ripe = chain.last.plus(length.millis);
        let after = never.all().partition_point(|event| event.stamp.at <= chain.last);
        let next = never.all().get(after).map(|event| event.stamp.at);
        let broken = next.is_some_and(|next| next <= ripe && next <= self.at);
        if !broken && self.at < ripe {
            *ripens = Some(ripens.map_or(ripe, |sooner: Timestamp| sooner.min(ripe)));
        }
        !broken && ripe <= self.at
    }
}

/// Every chain through all steps inside the window; of chains that end at one instant, the one that began last.
fn complete_chains(
    steps: &[(Matching<'_>, Option<Millis>)],
    span: &Span<'_>,
    never_between: Option<&Matching<'_>>,
) -> Vec<Chain> {
    let inside: Vec<&[Event]> = steps.iter().map(|(matching, _)| span.of(matching.all())).collect();
    let mut instants: Vec<Timestamp> =
        inside.iter().flat_map(|events| events.iter()).map(|e| e.stamp.at).collect();
    instants.sort_unstable();
    instants.dedup();
    let breaks = never_between.map_or(&[][..], |never| span.of(never.all()));
    let mut reached: Vec<Option<Chain>> = vec![None; steps.len()];
    let mut complete = vec![];
    for now in instants {
        let before_now = breaks.partition_point(|event| event.stamp.at < now);
        let broken_at = breaks[..before_now].last().map(|event| event.stamp.at);
        for chain in &mut reached {
            chain.take_if(|chain| broken_at.is_some_and(|broken| chain.start < broken));
        }
        let at_now: Vec<Vec<Event>> =
            inside.iter().map(|events| at(events, now).to_vec()).collect();
        advance(&mut reached, steps, &at_now, now);
        if let Some(chain) =
            reached.last().and_then(Option::as_ref).filter(|chain| chain.last == now)
        {
            complete.push(chain.clone());
        }
    }
    complete
}

/// Extends chains by the events of one instant, which may fill several steps at once, each with its own event.
fn advance(
    reached: &mut [Option<Chain>],
    steps: &[(Matching<'_>, Option<Millis>)],
    at_now: &[Vec<Event>],
    now: Timestamp,
) {
    let before = reached.to_vec();
    for from in 0..steps.len() {
        // A chain that stands before step `from`: a new one for the first step.
        let base = match from.checked_sub(1) {
            None => Chain { start: now, last: now, events: vec![] },
            Some(step) => match &before[step] {
                Some(chain)
                    if steps[from].1.is_none_or(|within| now.since(chain.last) <= within) =>
                {
                    chain.clone()
                }
                _ => continue,
            },
        };
        for to in from..steps.len() {
            let Some(filled) = distinct(&at_now[from..=to]) else { break };
            let mut events = base.events.clone();
            events.extend(filled);
            let chain = Chain { start: base.start, last: now, events };
            let better = reached[to]
                .as_ref()
                .is_none_or(|kept| (kept.last, kept.start) < (chain.last, chain.start));
            if better {
                reached[to] = Some(chain);
            }
        }
    }
}

/// One event for each step, none used twice; `None` when there are too few. (Augmenting paths, Kuhn 1955.)
fn distinct(choices: &[Vec<Event>]) -> Option<Vec<Event>> {
    fn place(
        step: usize,
        choices: &[Vec<Event>],
        taken: &mut Vec<(Event, usize)>,
        tried: &mut Vec<u64>,
    ) -> bool {
        for event in &choices[step] {
            if tried.contains(&event.stamp.seq) {
                continue;
            }
            tried.push(event.stamp.seq);
            match taken.iter().position(|(used, _)| used.stamp.seq == event.stamp.seq) {
                None => {
                    taken.push((*event, step));
                    return true;
                }
                Some(holder) => {
                    let other = taken[holder].1;
                    if place(other, choices, taken, tried) {
                        taken.retain(|(used, by)| {
                            !(used.stamp.seq == event.stamp.seq && *by == other)
                        });
                        taken.push((*event, step));
                        return true;
                    }
                }
            }
        }
        false
    }
    let mut taken = vec![];
    for step in 0..choices.len() {
        if !place(step, choices, &mut taken, &mut vec![]) {
            return None;
        }
    }
    taken.sort_by_key(|(_, step)| *step);
    Some(taken.into_iter().map(|(event, _)| event).collect())
}

/// The events of one instant.
fn at(events: &[Event], now: Timestamp) -> &[Event] {
    let first = events.partition_point(|event| event.stamp.at < now);
    let n = events[first..].partition_point(|event| event.stamp.at <= now);
    &events[first..first + n]
}
