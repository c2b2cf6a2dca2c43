//! Everything that is asked of every customer, compiled together: segments and signs.

use std::collections::BTreeMap;

use condition::{Condition, SegmentId};
use facts::{Calendar, Fact, History, Reading, Stamp, Timestamp};
use kernel::{
    Because, Cut, Given, Likeness, Plan, PlanFault, Question, Questions, RankKey, Scratch, Stay,
    StrengthOf, Trace, Tracing, Working, known, stays,
};
use signs::{Sign, Strength};

use crate::{Answers, Sheet, Wanted};

/// The rules of a workspace at one version of its definitions. Immutable: an edit makes new rules.
#[derive(Debug)]
pub struct Rules {
    pub(crate) plan: Plan,
    questions: Questions,
    tracing: Tracing,
    n_segments: usize,
    pub(crate) signs: Vec<SignRule>,
    /// For each condition of a sign, which stand behind the segments, the number of its sign.
    sign_of: Vec<u32>,
    pub(crate) calendar: Calendar,
}

/// The segments and signs that must be worked out again, each by number and rising.
#[derive(Debug, Default)]
pub(crate) struct Hanging {
    pub(crate) segments: Vec<u32>,
    pub(crate) signs: Vec<u32>,
}

/// A sign and where its conditions stand in the plan.
#[derive(Debug)]
pub struct SignRule {
    /// The sign.
    pub sign: Sign,
    pub(crate) requires: Option<usize>,
    /// The steps of its parts, part by part.
    pub(crate) steps: Vec<usize>,
}

/// The conditions of a sign as segments nobody can name (what it requires, if anything, before its parts), and how its
/// strength comes of them. A plan that is given both answers scores of the sign.
fn parts_of(sign: &Sign) -> (Vec<(SegmentId, Condition)>, StrengthOf) {
    let name = |part: &str| SegmentId::hidden(&format!("sign/{}/{part}", sign.id.0));
    let requires = sign.requires.clone().map(|condition| (name("requires"), condition));
    let parts: Vec<_> = (sign.steps().enumerate())
        .map(|(n, step)| (name(&n.to_string()), step.condition.clone()))
        .collect();
    let weights = sign.steps().map(|step| i32::from(step.adds));
    let strength = StrengthOf {
        requires: requires.as_ref().map(|(id, _)| id.clone()),
        parts: weights.zip(parts.iter().map(|(id, _)| id.clone())).collect(),
        most: 100,
    };
    (requires.into_iter().chain(parts).collect(), strength)
}

/// What a plan must be given to answer the scores of signs: their conditions as further segments, and how each strength
/// comes of them.
pub fn given_signs(signs: &[Sign]) -> (Vec<(SegmentId, Condition)>, Given) {
    let (mut segments, mut given) = (vec![], Given::default());
    for sign in signs {
        let (parts, strength) = parts_of(sign);
        segments.extend(parts);
        given.strengths.insert(sign.id.0.clone(), strength);
    }
    (segments, given)
}

/// What the rules say of one customer at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// The numbers of the segments the customer is in, rising.
    pub segments: Vec<u32>,
    /// Signs at or above their threshold: number, strength and, when asked for, since when.
    pub signs: Vec<(u32, Strength, Option<Timestamp>)>,
    /// The earliest later instant at which any of this could differ by time alone.
    pub lapses_at: Option<Timestamp>,
    /// Whether the customer is known at all.
    pub known: bool,
}

impl Rules {
    /// Compiles segments and signs; ranks hold for nobody until their cuts are given.
    ///
    /// # Errors
    /// References to segments that are not there, and circles.
    pub fn new(
        segments: Vec<(SegmentId, Condition)>,
        signs: Vec<Sign>,
        calendar: Calendar,
    ) -> Result<Rules, Vec<PlanFault>> {
        Rules::with_cuts(segments, signs, BTreeMap::new(), calendar)
    }

    /// Compiles segments and signs, with the cuts of the ranks they ask for ([`Plan::ranks`]).
    ///
    /// # Errors
    /// References to segments that are not there, and circles.
    pub fn with_cuts(
        segments: Vec<(SegmentId, Condition)>,
        signs: Vec<Sign>,
        cuts: BTreeMap<RankKey, Cut>,
        calendar: Calendar,
    ) -> Result<Rules, Vec<PlanFault>> {
        let n_segments = segments.len();
        let mut all = segments;
        let mut strengths = BTreeMap::new();
        let mut sign_of = vec![];
        let signs = signs
            .into_iter()
            .enumerate()
            .map(|(number, sign)| {
                let first = all.len();
                let (parts, strength) = parts_of(&sign);
                sign_of.extend(parts.iter().map(|_| number as u32));
                all.extend(parts);
                strengths.insert(sign.id.0.clone(), strength);
                let requires = sign.requires.is_some().then_some(first);
                let steps = (first + usize::from(requires.is_some())..all.len()).collect();
                SignRule { requires, steps, sign }
            })
            .collect();
        let plan = Plan::given(all, Given { strengths, cuts })?;
        let questions = Questions::of(&plan);
        let tracing = Tracing::of(&plan, &questions, &calendar);
        Ok(Rules { plan, questions, tracing, n_segments, signs, sign_of, calendar })
    }

    /// The segments with their conditions, by number.
    pub fn segments(&self) -> &[(SegmentId, Condition)] {
        &self.plan.segments()[..self.n_segments]
    }

    /// The number of a segment.
    pub fn segment(&self, id: &SegmentId) -> Option<usize> {
        self.segments().iter().position(|(known, _)| known == id)
    }

    /// The signs, by number.
    pub fn signs(&self) -> &[SignRule] {
        &self.signs
    }

    /// The calendar everything is read by.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The compiled plan: segments first, then what signs need.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The questions behind the plan.
    pub fn questions(&self) -> &Questions {
        &self.questions
    }

    /// What the conditions of a sign ask, as numbers that equal ones share.
    pub(crate) fn sign_likeness(&self, likeness: &Likeness, sign: usize) -> Vec<u32> {
        let rule = &self.signs[sign];
        let roots = rule.requires.iter().chain(&rule.steps);
        roots.map(|root| likeness.of_segment(*root)).collect()
    }

    /// What hangs on some answers.
    pub(crate) fn hang_on(&self, turned: impl Iterator<Item = Question>) -> Hanging {
        let mut roots: Vec<u32> =
            turned.flat_map(|question| self.questions.segments(question)).copied().collect();
        roots.sort_unstable();
        roots.dedup();
        let signs = roots.split_off(roots.partition_point(|root| *root < self.n_segments as u32));
        let sign = |root: u32| self.sign_of[root as usize - self.n_segments];
        let mut signs: Vec<u32> = signs.into_iter().map(sign).collect();
        signs.dedup();
        Hanging { segments: roots, signs }
    }

    /// Every segment and every sign.
    pub(crate) fn everything(&self) -> Hanging {
        let signs = (0..self.signs.len() as u32).collect();
        Hanging { segments: (0..self.n_segments as u32).collect(), signs }
    }

    /// What the questions look at of a history from an instant on. It belongs to these rules and to no others.
    pub fn trace(&self, history: &History, at: Timestamp) -> Trace {
        self.tracing.trace(history, at)
    }

    /// Lets a trace take in one more fact; each is to be told once.
    pub fn learn(&self, trace: &mut Trace, fact: &Fact, stamp: Stamp) {
        self.tracing.learn(trace, fact, stamp);
    }

    /// Appends the questions that a new fact touches, some of them twice.
    pub(crate) fn touched(
        &self,
        fact: &Fact,
        answer: &impl Fn(Question) -> bool,
        touched: &mut Vec<Question>,
    ) {
        self.tracing.touched(fact, answer, touched);
    }

    /// Asks what is wanted of a customer's trace, and names the questions that only the history can answer: they are
    /// for [`Rules::ask_rest`].
    pub fn ask_trace(
        &self,
        trace: &Trace,
        at: Timestamp,
        wanted: &Wanted,
        sheet: &mut Sheet,
    ) -> (Answers, Vec<Question>) {
        let known = trace.known(at);
        let (mut read, mut rest) = (std::mem::take(&mut sheet.read), vec![]);
        read.reserve(if known.value { self.n_wanted(wanted) } else { 0 });
        let rules = (&self.plan, &self.questions);
        let look = self.tracing.look(trace, (at, &self.calendar));
        let mut ask = |question: Question| match look.answer(rules, question) {
            Some(reading) => read.push((question, reading)),
            None => rest.push(question),
        };
        match wanted {
            _ if !known.value => {}
            Wanted::Everything => (0..self.questions.n() as u32).for_each(&mut ask),
            Wanted::These(these) => these.iter().copied().for_each(&mut ask),
        }
        let whole = *wanted == Wanted::Everything;
        (Answers { at, known, whole, read, since: vec![] }.checked(), rest)
    }

    /// Asks the history of the same customer what the trace could not tell.
    #[must_use]
    pub fn ask_rest(
        &self,
        mut answers: Answers,
        rest: &[Question],
        history: &History,
        scratch: &mut Scratch,
    ) -> Answers {
        let moment = (history, answers.at);
        let ask = |question: &Question| {
            let read = self.questions.ask(&self.plan, *question, moment, &self.calendar, scratch);
            (*question, read)
        };
        answers.read.extend(rest.iter().map(ask));
        answers.read.sort_unstable_by_key(|(question, _)| *question);
        answers.checked()
    }

    /// Asks what is wanted of a customer's history.
    pub fn ask(
        &self,
        history: &History,
        at: Timestamp,
        wanted: &Wanted,
        scratch: &mut Scratch,
    ) -> Answers {
        // From so many questions on it pays to make a trace first, which answers each of them at once.
        const MANY: usize = 64;
        if MANY < self.n_wanted(wanted) {
            let (answers, rest) =
                self.ask_trace(&self.trace(history, at), at, wanted, &mut Sheet::default());
            return self.ask_rest(answers, &rest, history, scratch);
        }
        let (known, whole) = (known(history, at), *wanted == Wanted::Everything);
        let asked: Vec<Question> = match wanted {
            _ if !known.value => vec![],
            Wanted::Everything => (0..self.questions.n() as u32).collect(),
            Wanted::These(these) => these.clone(),
        };
        let answers = Answers { at, known, whole, read: vec![], since: vec![] };
        self.ask_rest(answers, &asked, history, scratch)
    }

    fn n_wanted(&self, wanted: &Wanted) -> usize {
        match wanted {
            Wanted::Everything => self.questions.n(),
            Wanted::These(these) => these.len(),
        }
    }

    /// Asks everything, and finds since when each sign is carried, looking back at most twice its horizon.
    pub fn ask_with_since(
        &self,
        history: &History,
        at: Timestamp,
        scratch: &mut Scratch,
    ) -> Answers {
        let mut answers = self.ask(history, at, &Wanted::Everything, scratch);
        if answers.known.value {
            let answer = |question: Question| answers.read[question as usize].1.value;
            let mut working = Working::default();
            working.begin(&self.plan);
            let mut holds =
                |root: u32| self.questions.holds(&self.plan, root, &answer, &mut working);
            let carried = self.signs.iter().map(|rule| rule.carried(&mut holds).is_some());
            let carried: Vec<usize> =
                carried.enumerate().filter(|(_, carried)| *carried).map(|(sign, _)| sign).collect();
            let since =
                |sign: usize| Some((sign as u32, self.carried_since(sign, history, at, scratch)?));
            answers.since = carried.into_iter().filter_map(since).collect();
        }
        answers
    }

    /// What the rules say of a customer at `now`.
    pub fn judge(&self, history: &History, now: Timestamp, scratch: &mut Scratch) -> Verdict {
        let readings = self.plan.evaluate(history, now, &self.calendar, scratch);
        let lapses_at = readings.iter().filter_map(|reading| reading.holds_until).min();
        assert!(lapses_at.is_none_or(|lapse| now < lapse), "a reading lapses before it was read");
        let holds = |number: usize| readings[number].value;
        let segments = (0..self.n_segments).filter(|n| holds(*n)).map(|n| n as u32).collect();
        let carried = |rule: &SignRule| rule.carried(&mut |root| holds(root as usize));
        let signs = self.signs.iter().enumerate();
        let signs = signs.filter_map(|(n, rule)| Some((n as u32, carried(rule)?, None))).collect();
        let known = history.known_since().is_some_and(|since| since <= now);
        Verdict { segments, signs, lapses_at, known }
    }

    /// Like [`Rules::judge`], and finds since when each sign is carried, looking back at most twice its horizon.
    pub fn judge_with_since(
        &self,
        history: &History,
        now: Timestamp,
        scratch: &mut Scratch,
    ) -> Verdict {
        let mut verdict = self.judge(history, now, scratch);
        for (number, _, since) in &mut verdict.signs {
            *since = self.carried_since(*number as usize, history, now, scratch);
        }
        verdict
    }

    /// Since when a sign is carried without a break; `None` when it is not.
    pub fn carried_since(
        &self,
        sign: usize,
        history: &History,
        now: Timestamp,
        scratch: &mut Scratch,
    ) -> Option<Timestamp> {
        /// So much further back it looks each time, when the sign was carried all the while.
        const FURTHER: i64 = 8;
        let most = 2 * i64::from(self.signs[sign].sign.horizon_days) * Timestamp::DAY;
        // Most signs came up lately, and what lies before does not matter to those.
        let mut back = most / (FURTHER * FURTHER * FURTHER);
        loop {
            let from = now.minus(back);
            let stays = self.sign_stays(sign, history, (from, now), scratch);
            let entered = stays.last().filter(|stay| stay.left.is_none())?.entered;
            if from < entered || most <= back {
                return Some(entered);
            }
            back = (FURTHER * back).clamp(1, most);
        }
    }

    /// When a sign was carried between two instants.
    pub fn sign_stays(
        &self,
        sign: usize,
        history: &History,
        range: (Timestamp, Timestamp),
        scratch: &mut Scratch,
    ) -> Vec<Stay> {
        let rule = &self.signs[sign];
        stays(range, |at| self.sign_reading(rule, history, at, scratch))
    }

    /// Whether a sign is at or above its threshold at an instant.
    fn sign_reading(
        &self,
        rule: &SignRule,
        history: &History,
        at: Timestamp,
        scratch: &mut Scratch,
    ) -> Reading<bool> {
        let strength = self.strength_reading(rule, history, at, scratch);
        Reading::until(
            strength.value.is_some_and(|it| rule.sign.threshold <= it),
            strength.holds_until,
        )
    }

    /// The reasons behind a membership.
    pub fn explain(&self, segment: usize, history: &History, at: Timestamp) -> Because {
        self.plan.explain(segment, history, at, &self.calendar)
    }
}

impl SignRule {
    /// How strong the sign is, when it is at or above its threshold; `holds` answers for conditions of the plan.
    pub(crate) fn carried(&self, holds: &mut impl FnMut(u32) -> bool) -> Option<Strength> {
        let means_something = self.requires.is_none_or(|requires| holds(requires as u32));
        let steps: Vec<bool> = self.steps.iter().map(|step| holds(*step as u32)).collect();
        let strength = self.sign.strength(steps);
        (means_something && self.sign.threshold <= strength).then_some(strength)
    }
}
