//! Tests of one value: an attribute, a property of an event, a number that was measured.

use facts::{Decimal, Value};

use crate::{Length, Window};

/// A test of an attribute's or a property's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Equal; a number also equals the text that spells it.
    Is(Operand),
    /// Equal to one of them.
    In(Vec<Value>),
    /// Text with this in it.
    Contains(String),
    /// Text that begins so.
    StartsWith(String),
    /// Text that ends so.
    EndsWith(String),
    /// A number or a day in order; a missing value or one of another type fails every such test.
    Number(NumberTest<Operand>),
    /// Anything but missing.
    Exists,
    /// A date that is this local day.
    Day(DayTest),
    /// A date or an instant inside a window.
    DayIn(Window),
    /// A date or an instant in `(t, t + W]`.
    DayInNext(Length),
    /// A date whose month is this one.
    Month(MonthTest),
    /// A date whose yearly day is today or at most so many local days ahead.
    Anniversary(u16),
    /// A date of birth that gives this age in whole years.
    Age(AgeTest),
    /// The exact complement of another test.
    Not(Box<Test>),
}

/// What a value is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// A fixed value.
    Value(Value),
    /// Another attribute of the same customer at the same instant, times a factor when it is a number.
    Attribute {
        /// The other attribute.
        key: String,
        /// The factor, 1 when none was written.
        times: Decimal,
    },
}

/// A comparison with one number or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberTest<N> {
    /// `>=`
    AtLeast(N),
    /// `<=`
    AtMost(N),
    /// `>`
    MoreThan(N),
    /// `<`
    LessThan(N),
    /// `=`
    Exactly(N),
    /// Both ends in.
    Between(N, N),
}

impl<N> NumberTest<N> {
    /// The same test with its numbers exchanged.
    pub fn map<M>(&self, mut exchange: impl FnMut(&N) -> M) -> NumberTest<M> {
        match self {
            NumberTest::AtLeast(n) => NumberTest::AtLeast(exchange(n)),
            NumberTest::AtMost(n) => NumberTest::AtMost(exchange(n)),
            NumberTest::MoreThan(n) => NumberTest::MoreThan(exchange(n)),
            NumberTest::LessThan(n) => NumberTest::LessThan(exchange(n)),
            NumberTest::Exactly(n) => NumberTest::Exactly(exchange(n)),
            NumberTest::Between(a, b) => NumberTest::Between(exchange(a), exchange(b)),
        }
    }

    /// The same test, where `value` is compared with each number by `compare(number) = value ? number`.
    pub fn holds_by(&self, mut compare: impl FnMut(&N) -> std::cmp::Ordering) -> bool {
        match self {
            NumberTest::AtLeast(n) => compare(n).is_ge(),
            NumberTest::AtMost(n) => compare(n).is_le(),
            NumberTest::MoreThan(n) => compare(n).is_gt(),
            NumberTest::LessThan(n) => compare(n).is_lt(),
            NumberTest::Exactly(n) => compare(n).is_eq(),
            NumberTest::Between(a, b) => compare(a).is_ge() && compare(b).is_le(),
        }
    }
}

impl<N: Ord> NumberTest<N> {
    /// Whether a number passes.
    pub fn holds(&self, value: &N) -> bool {
        self.holds_by(|n| value.cmp(n))
    }
}

/// A local day near `t`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayTest {
    /// The day `t` lies in.
    Today,
    /// The day before.
    Yesterday,
    /// The day after.
    Tomorrow,
}

/// A month of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MonthTest {
    /// 1 to 12.
    Named(u8),
    /// The month `t` lies in.
    This,
    /// The month after.
    Next,
}

/// An age in whole years, both ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgeTest {
    /// The least age.
    pub at_least: Option<u16>,
    /// The greatest age.
    pub at_most: Option<u16>,
}

/// A test of one property of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The property; `contact` names the person the event is about.
    pub property: String,
    /// What its value must be.
    pub test: Test,
}
