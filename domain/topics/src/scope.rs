//! What is said of something that was found: whether it is so, who says it, and of whom. A found place is read together
//! with the rest of its clause, where Japanese puts what turns it round.
//!
//! ```text
//!   解約 │ の 話 は 出 て い ない と の こと            one turn: denied, told by the customer
//!   解約 │ し ない こと も ない                        two turns: said
//!   更新 │ は 見送り                                   one turn: denied; the rule of churn asks for just that
//!   不具合 │ は まだ 解消 し て い ない                two turns: said
//! ```

use std::ops::Range;

use crate::{
    dictionary::{Modifiers, Topic},
    pattern::{Cutting, Found, Pattern, Stretch},
    token::Kind,
};

/// Whether something is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is.
    Said,
    /// It is not, or not now.
    Denied,
    /// It was, and is over: 解消.
    Over,
    /// Nobody knows, or nobody has decided.
    Open,
}

/// What else is to be known of a found place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// Only if something else happens.
    Hypothetical,
    /// The customer asked about it.
    AskedByThem,
    /// We asked about it, and no answer stands there.
    AskedByUs,
    /// It was so once.
    Past,
    /// It is about somebody else than the customer.
    ThirdParty,
    /// It is about ourselves.
    Ours,
}

/// How good the word for it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// The customer said so.
    Told,
    /// Who wrote the report states it.
    Stated,
    /// It was heard or seems so.
    Hearsay,
    /// It may be so.
    Guess,
}

/// The reading of one found place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) state: State,
    pub(crate) flags: Vec<Flag>,
    pub(crate) grade: Grade,
    /// What turned it round: stretches of tokens.
    pub(crate) turns: Vec<Stretch>,
    /// Whether it stands turned round at the end.
    is_turned: bool,
    is_over: bool,
    /// Whether it is put off or given up rather than denied: 「見送り」.
    pub(crate) is_put_off: bool,
}

impl Reading {
    /// 「ない」 turns what stands; 「解消」 and 「見送り」 close it, and what is closed twice is closed.
    fn turn(&mut self, turn: Turn, place: Stretch) {
        self.turns.push(place);
        self.is_turned = match turn {
            Turn::Negates => !self.is_turned,
            Turn::Closes | Turn::Ends => true,
        };
        self.is_over = turn == Turn::Ends;
        self.is_put_off = turn == Turn::Closes;
    }

    /// In English the negation comes first: `not fixed`.
    fn turn_in_english(&mut self, turn: Turn, place: Stretch) {
        self.turns.push(place);
        self.is_turned = !self.is_turned;
        self.is_over = turn == Turn::Ends;
        self.is_put_off = turn == Turn::Closes;
    }

    fn settle(&mut self) {
        if self.state != State::Open && self.is_turned {
            self.state = if self.is_over { State::Over } else { State::Denied };
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Negates,
    Closes,
    /// As [`Turn::Closes`], of what had been so until then.
    Ends,
}

/// Reads what the sentence says of the parts of a pattern that were found in it.
pub(crate) fn read(
    sentence: &Cutting<'_>,
    found: &Found,
    modifiers: &Modifiers,
    topic: &Topic,
    parts: &[Stretch],
) -> Reading {
    let scope = Scope { sentence, found, modifiers, topic, parts };
    let (begin, end) =
        (parts.first().map_or(0, |part| part.0), parts.last().map_or(0, |part| part.1));
    let mut reading = Reading {
        state: State::Said,
        flags: vec![],
        grade: scope.grade(end),
        turns: vec![],
        is_turned: false,
        is_over: false,
        is_put_off: false,
    };
    if sentence.is_english {
        scope.turns_in_english(begin, end, &mut reading);
    } else {
        scope.turns_in_japanese(begin, end, &mut reading);
    }
    scope.about_whom(begin, &mut reading.flags);
    reading
}

struct Scope<'a> {
    sentence: &'a Cutting<'a>,
    found: &'a Found,
    modifiers: &'a Modifiers,
    topic: &'a Topic,
    parts: &'a [Stretch],
}

impl Scope<'_> {
    fn turns_in_japanese(&self, begin: usize, end: usize, reading: &mut Reading) {
        let clause = self.sentence.clause(begin);
        let mut reach = self.reach(end);
        if self.is_once(clause.start, reach) {
            reading.flags.push(Flag::Past);
        }
        if self.within(&self.modifiers.supposing, clause.start..begin) {
            reading.flags.push(Flag::Hypothetical);
        }
        // Between the parts as well where a noun ends them (「追加はしない予定」), but not inside them.
        let ends_in_predicate = matches!(
            self.sentence.kind(end.saturating_sub(1)),
            Some(Kind::Verb | Kind::VerbOpen | Kind::Adjective)
        );
        let first_end = self.parts.first().map_or(begin, |first| first.1);
        let mut at = if ends_in_predicate { end } else { first_end };
        while at < reach {
            if let Some(part) = self.parts.iter().find(|part| part.0 <= at && at < part.1) {
                at = part.1;
                continue;
            }
            if let Some(after) = self.longest(&self.modifiers.not_turning, at) {
                at = after;
            } else if end <= at && self.breaks_off(at, end, reading) {
                reach = at;
            } else if let Some((turn, after)) = self.turn(at) {
                reading.turn(turn, (at, after));
                at = after;
            } else if self.longest(&self.modifiers.undecided, at).is_some() {
                reading.state = State::Open;
                at += 1;
            } else {
                at += 1;
            }
        }
        self.question(begin, end, reading);
        reading.settle();
    }

    /// The token after the last that may turn round what ends before `end`.
    fn reach(&self, end: usize) -> usize {
        let last = end.saturating_sub(1);
        let reach = self.sentence.clause(last).end;
        // 「クレーム、トラブルはなし」: the list goes on.
        let lists = matches!(self.sentence.surface(end), "、" | "," | "や" | "・")
            && reach == end + 1
            && self.sentence.kind(last) == Some(Kind::Noun);
        if lists { self.sentence.clause(reach).end.max(reach) } else { reach }
    }

    /// Whether what follows speaks of something else than whether it is so: a condition, a detail, a cause.
    fn breaks_off(&self, at: usize, end: usize, reading: &mut Reading) -> bool {
        if self.longest(&self.modifiers.conditional, at).is_some() {
            reading.flags.push(Flag::Hypothetical);
            return true;
        }
        let is_near = at <= end + 2;
        // 「理由は価格ではない」 speaks of the reason, 「理由がない」 of the thing.
        let is_detail = is_near
            && self.longest(&self.modifiers.detail, at).is_some_and(|after| {
                let next = after + 1;
                self.longest(&self.modifiers.negation, next).is_none()
                    && self.longest(&self.modifiers.stopped, next).is_none()
                    && self.longest(&self.modifiers.averted, next).is_none()
                    && (after..after + 5)
                        .all(|at| self.longest(&self.modifiers.not_but, at).is_none())
            });
        if is_detail {
            return true;
        }
        self.topic.causes
            && self.sentence.surface(at) == "で"
            && self.sentence.kind(at) == Some(Kind::Particle)
            && !matches!(self.sentence.surface(at + 1), "は" | "も")
            && at <= end + 1
    }

    /// A word that turns the meaning round, and the token after it.
    fn turn(&self, at: usize) -> Option<(Turn, usize)> {
        let modifiers = self.modifiers;
        let resolved: &[Pattern] = if self.topic.resolvable { &modifiers.resolved } else { &[] };
        let difficult: &[Pattern] = if self.topic.hard_is_no { &modifiers.difficult } else { &[] };
        let turning = [
            (Turn::Negates, modifiers.negation.as_slice()),
            (Turn::Closes, modifiers.stopped.as_slice()),
            (Turn::Closes, modifiers.averted.as_slice()),
            (Turn::Closes, difficult),
            (Turn::Ends, resolved),
        ];
        let found = turning
            .into_iter()
            .filter_map(|(turn, patterns)| Some((turn, self.longest(patterns, at)?)));
        found.max_by_key(|(_, after)| *after)
    }

    /// 「〜を伺ったところ、ないとのこと」: the answer counts. 「〜の噂がありましたが、結局なかった」: it takes all back.
    fn question(&self, begin: usize, end: usize, reading: &mut Reading) {
        let last = self.sentence.clause(end.saturating_sub(1)).end;
        let here = begin..(last + 3).min(self.sentence.tokens.len());
        if self.within(&self.modifiers.asked_by_them, here.clone()) {
            reading.flags.push(Flag::AskedByThem);
        }
        let answer = last..self.sentence.clause(last).end;
        if self.within(&self.modifiers.asked_by_us, here) {
            // Whatever turned inside the question was a way of asking.
            reading.turns.clear();
            reading.is_turned = false;
            reading.state = State::Said;
            self.answer(answer.clone(), reading);
            if reading.turns.is_empty() && !self.within(&self.modifiers.affirming, answer) {
                reading.flags.push(Flag::AskedByUs);
            }
        } else if !reading.is_turned && self.is_answered(begin..last, &answer) {
            self.answer(answer, reading);
        }
    }

    /// Whether the next statement tells what became of this one: 「〜を案内したが、希望されず」「誘いがあったが断った」.
    fn is_answered(&self, here: Range<usize>, answer: &Range<usize>) -> bool {
        let contrasts = here.end.checked_sub(1).is_some_and(|last| {
            let tie = if self.sentence.kind(last) == Some(Kind::Mark) { last - 1 } else { last };
            self.sentence.kind(tie) == Some(Kind::Joining)
                && matches!(
                    self.sentence.surface(tie),
                    "が" | "けど" | "けれど" | "けれども" | "ものの"
                )
        });
        if !contrasts {
            return false;
        }
        let names_another = answer.clone().any(|at| {
            self.sentence.kind(at) == Some(Kind::Particle)
                && matches!(self.sentence.surface(at), "は" | "が" | "も" | "を" | "と")
                && self.sentence.surface(at + 1) != "の"
        });
        self.longest(&self.modifiers.takes_up, answer.start).is_some()
            || (!names_another
                && (self.within(&self.modifiers.offered, here)
                    || self.longest(&self.modifiers.stopped, answer.start).is_some()
                    || self.longest(&self.modifiers.averted, answer.start).is_some()
                    || (self.topic.resolvable
                        && self.longest(&self.modifiers.resolved, answer.start).is_some())))
    }

    fn answer(&self, answer: Range<usize>, reading: &mut Reading) {
        let mut at = answer.start;
        while at < answer.end {
            if let Some(after) = self.longest(&self.modifiers.not_turning, at) {
                at = after;
            } else if let Some((turn, after)) = self.turn(at) {
                reading.turn(turn, (at, after));
                at = after;
            } else {
                at += 1;
            }
        }
    }

    /// 「以前は不満があったが、」.
    fn is_once(&self, clause: usize, reach: usize) -> bool {
        let tail = reach.saturating_sub(3)..reach;
        let contrasts = tail.into_iter().any(|at| {
            matches!(self.sentence.surface(at), "が" | "けど" | "けれど" | "けれども" | "ものの")
                && self.sentence.kind(at) != Some(Kind::Particle)
        });
        contrasts && self.within(&self.modifiers.once, clause..reach)
    }

    fn turns_in_english(&self, begin: usize, end: usize, reading: &mut Reading) {
        let clause = self.sentence.clause(begin).start..self.sentence.clause(end - 1).end;
        let mut at = clause.start;
        while at < clause.end {
            let inside = self.parts.iter().find(|part| part.0 <= at && at < part.1);
            if let Some(part) = inside {
                at = part.1;
            } else if let Some(after) = self.longest(&self.modifiers.not_turning, at) {
                at = after;
            } else if let Some((turn, after)) = self.turn(at) {
                reading.turn_in_english(turn, (at, after));
                at = after;
            } else {
                if self.longest(&self.modifiers.undecided, at).is_some() {
                    reading.state = State::Open;
                }
                if self.longest(&self.modifiers.supposing, at).is_some() {
                    reading.flags.push(Flag::Hypothetical);
                }
                at += 1;
            }
        }
        if self.within(&self.modifiers.asked_by_them, clause) {
            reading.flags.push(Flag::AskedByThem);
        }
        reading.settle();
    }

    /// Of whom it is said, if not of the customer.
    fn about_whom(&self, begin: usize, flags: &mut Vec<Flag>) {
        if self.sentence.is_english {
            return;
        }
        if self.topic.theirs && self.subject_is(&self.modifiers.ours, begin) {
            flags.push(Flag::Ours);
        }
        let of_others = self.topic.of_customer
            && (self.target_is_other(begin)
                || self.subject_is(&self.modifiers.others, begin)
                || self.firm_in_contrast(begin));
        if of_others {
            flags.push(Flag::ThirdParty);
        }
    }

    /// Whether one of these is the subject of the statement that begins there: 「他社は」 with no other verb between.
    fn subject_is(&self, whom: &[Pattern], begin: usize) -> bool {
        let clause = self.sentence.clause(begin);
        (clause.start..begin).any(|at| {
            let Some(after) = self.longest(whom, at) else { return false };
            let after = self.end_of_name(self.after_title(after), begin);
            let possessive = self.sentence.surface(after) == "の" && self.topic.theirs;
            let marks = matches!(self.sentence.surface(after), "は" | "が" | "も" | "では")
                && self.sentence.kind(after) == Some(Kind::Particle);
            (marks || possessive) && after < begin && !self.has_predicate(after..begin)
        })
    }

    /// 「取引先のA社利用企業が」: what belongs to the name.
    fn end_of_name(&self, after: usize, begin: usize) -> usize {
        let belongs = |at: &usize| {
            self.sentence.surface(*at) == "の"
                || matches!(self.sentence.kind(*at), Some(Kind::Noun | Kind::Prefix | Kind::Number))
        };
        let end = (after..begin).take_while(belongs).last().map_or(after, |last| last + 1);
        if matches!(self.sentence.surface(end), "は" | "が" | "も" | "では") {
            end
        } else {
            after
        }
    }

    fn after_title(&self, at: usize) -> usize {
        if matches!(self.sentence.surface(at), "さん" | "様" | "さま" | "側") {
            at + 1
        } else {
            at
        }
    }

    fn has_predicate(&self, within: Range<usize>) -> bool {
        within.into_iter().any(|at| {
            matches!(
                self.sentence.kind(at),
                Some(Kind::Verb | Kind::VerbOpen | Kind::Adjective | Kind::Joining)
            )
        })
    }

    /// 「他社の対応に不満」「競合への不満」: what it is aimed at.
    fn target_is_other(&self, begin: usize) -> bool {
        let mut at = begin;
        while 0 < at {
            let before = at - 1;
            let word = self.sentence.surface(before);
            let ties = match self.sentence.kind(before) {
                Some(Kind::Noun | Kind::Prefix | Kind::Number) => true,
                Some(Kind::Particle) => {
                    matches!(word, "の" | "へ" | "に" | "に対する" | "に対して" | "について")
                }
                _ => false,
            };
            if !ties {
                return false;
            }
            at = before;
            let names =
                self.longest(&self.modifiers.others, at).is_some_and(|after| after <= begin);
            let firm = self.longest(&self.modifiers.firms, at).filter(|after| *after <= begin);
            let aims = firm.is_some_and(|after| {
                let after = self.after_title(after);
                let next = self.sentence.surface(after);
                matches!(next, "へ" | "に対する" | "に対して")
                    || (next == "の" && after + 1 < begin)
            });
            if names || aims {
                return true;
            }
        }
        false
    }

    /// 「A社さんは解約したが、先方は続ける」.
    fn firm_in_contrast(&self, begin: usize) -> bool {
        let rest = self.sentence.clause(begin).end..self.sentence.tokens.len();
        let contrasts = rest.into_iter().any(|at| {
            self.longest(&self.modifiers.this_side, at)
                .is_some_and(|after| matches!(self.sentence.surface(after), "は" | "も"))
        });
        contrasts && self.subject_is(&self.modifiers.firms, begin)
    }

    /// How good the word is: the last mark of it behind the found place decides.
    fn grade(&self, end: usize) -> Grade {
        let rest = match self.sentence.is_english {
            true => 0..self.sentence.tokens.len(),
            false => end..self.sentence.tokens.len(),
        };
        if self.within(&self.modifiers.guess, rest.clone()) {
            return Grade::Guess;
        }
        if self.within(&self.modifiers.hearsay, rest.clone()) {
            return Grade::Hearsay;
        }
        if self.within(&self.modifiers.told, rest) { Grade::Told } else { Grade::Stated }
    }

    fn longest(&self, patterns: &[Pattern], at: usize) -> Option<usize> {
        self.found.longest_at(patterns, self.sentence, at)
    }

    fn within(&self, patterns: &[Pattern], within: Range<usize>) -> bool {
        self.found.any_within(patterns, self.sentence, within)
    }
}
