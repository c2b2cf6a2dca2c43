//! The streams of one customer in one piece of memory: the instants of the events that were chosen, and what is kept of
//! them.
//!
//! ```text
//!   index   (3, 4)   (7, 6)  (9, 13)                     the number of a stream, and where it ends
//!   cells  t1 t2 t3 t4│t2 t5│s t1 t4 0 900 1400 ...      times: instants
//!                                                         sums:  scale, instants, sums from the beginning on
//!                                                         lasts: instants, values
//! ```
//! A customer has some twenty streams, most of them short. A list for each would take more memory than what is in them.

use std::ops::Range;

use facts::{Decimal, Timestamp, ValueRef};

use crate::in_time::{InTime, Times};

/// All streams of one customer.
#[derive(Debug, Clone, Default)]
pub(super) struct Streams {
    /// By the number of the stream, rising.
    index: Vec<Entry>,
    cells: Vec<i64>,
    /// Values that do not fit into a cell.
    long: LongTexts,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    number: u32,
    /// Where its cells end; they begin where those of the one before end.
    end: u32,
}

/// Texts that do not fit into a cell, which then holds their place.
#[derive(Debug, Clone, Default)]
pub(super) struct LongTexts(Vec<Box<str>>);

/// The sums of a property from the beginning on, so that the sum of a window is a difference.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sums<'a> {
    /// Before each event and at the end; whole numbers that stand for themselves divided by ten `scale` times.
    upto: &'a [i64],
    pub(super) scale: u32,
}

/// In the place of the scale: the sums do not fit, only the history knows them.
const LOST: i64 = -1;

impl Streams {
    /// Puts together streams that were filled apart, by their numbers, rising.
    pub(super) fn of(filled: Vec<(u32, Vec<i64>)>, long: LongTexts) -> Streams {
        let mut cells = Vec::with_capacity(filled.iter().map(|(_, cells)| cells.len()).sum());
        let mut index = Vec::with_capacity(filled.len());
        for (number, some) in filled {
            cells.extend(some);
            index.push(Entry { number, end: cells.len() as u32 });
        }
        Streams { index, cells, long }
    }

    /// The numbers of the streams that have chosen something, rising.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> {
        self.index.iter().map(|entry| entry.number)
    }

    /// The cells of the stream at a place of the index.
    pub(super) fn cells(&self, place: usize) -> &[i64] {
        &self.cells[self.range(place)]
    }

    fn range(&self, place: usize) -> Range<usize> {
        let start = place.checked_sub(1).map_or(0, |before| self.index[before].end as usize);
        start..self.index[place].end as usize
    }

    /// The stream of a number, made when there is none, and where long texts are.
    pub(super) fn grow(&mut self, number: u32) -> (Growing<'_>, &mut LongTexts) {
        let place = self.index.binary_search_by_key(&number, |entry| entry.number);
        let place = place.unwrap_or_else(|place| {
            let end = place.checked_sub(1).map_or(0, |before| self.index[before].end);
            make_room(&mut self.index);
            self.index.insert(place, Entry { number, end });
            place
        });
        let range = self.range(place);
        let Streams { index, cells, long } = self;
        (Growing { ends: &mut index[place..], cells, range }, long)
    }

    /// Whether the next cell needs more memory.
    pub(super) fn is_full(&self) -> bool {
        self.cells.len() == self.cells.capacity()
    }

    /// Writes each stream anew, given its number and its cells.
    pub(super) fn rewrite(&mut self, write: impl Fn(u32, &[i64], &mut Vec<i64>)) {
        let old = std::mem::take(&mut self.cells);
        let mut start = 0;
        for entry in &mut self.index {
            let end = entry.end as usize;
            write(entry.number, &old[start..end], &mut self.cells);
            entry.end = self.cells.len() as u32;
            start = end;
        }
        self.cells.shrink_to(self.cells.len() + spare(self.cells.len()));
    }

    /// About how many bytes of memory it takes beside its own place.
    pub(super) fn size(&self) -> usize {
        let long = self.long.0.iter();
        size_of::<Entry>() * self.index.capacity()
            + size_of::<i64>() * self.cells.capacity()
            + long.map(|text| text.len() + 32).sum::<usize>()
    }
}

/// The cells of one stream, of which one may be put in or taken out.
pub(super) trait Cells {
    fn all(&self) -> &[i64];

    fn all_mut(&mut self) -> &mut [i64];

    /// Puts a cell before the one at a place.
    fn insert(&mut self, place: usize, cell: i64);

    fn remove(&mut self, place: usize);
}

/// A stream of its own, on its way to the others.
impl Cells for Vec<i64> {
    fn all(&self) -> &[i64] {
        self
    }

    fn all_mut(&mut self) -> &mut [i64] {
        self
    }

    fn insert(&mut self, place: usize, cell: i64) {
        self.insert(place, cell);
    }

    fn remove(&mut self, place: usize) {
        self.remove(place);
    }
}

/// A stream among others.
pub(super) struct Growing<'a> {
    /// Its own entry and all behind.
    ends: &'a mut [Entry],
    cells: &'a mut Vec<i64>,
    range: Range<usize>,
}

impl Cells for Growing<'_> {
    fn all(&self) -> &[i64] {
        &self.cells[self.range.clone()]
    }

    fn all_mut(&mut self) -> &mut [i64] {
        &mut self.cells[self.range.clone()]
    }

    fn insert(&mut self, place: usize, cell: i64) {
        make_room(self.cells);
        self.cells.insert(self.range.start + place, cell);
        self.range.end += 1;
        self.ends.iter_mut().for_each(|entry| entry.end += 1);
    }

    fn remove(&mut self, place: usize) {
        self.cells.remove(self.range.start + place);
        self.range.end -= 1;
        self.ends.iter_mut().for_each(|entry| entry.end -= 1);
    }
}

/// Room for one more and some that will follow: less than a list takes by itself, since most wait long for the next.
fn make_room<T>(list: &mut Vec<T>) {
    if list.len() == list.capacity() {
        list.reserve_exact(spare(list.len()));
    }
}

fn spare(n: usize) -> usize {
    4 + n / 8
}

/// What a stream keeps of the events it chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// When they happened.
    Times,
    /// When the first of all happened.
    First,
    /// When they happened, and the sums of a property.
    Sums,
    /// When each different value came last.
    Lasts,
}

impl Kind {
    pub(super) fn times(self, cells: &[i64]) -> Times<'_> {
        Times::of(match self {
            Kind::Times | Kind::First => cells,
            Kind::Sums => cells.get(1..1 + n_summed(cells)).unwrap_or_default(),
            Kind::Lasts => &cells[..cells.len() / 2],
        })
    }

    /// Writes the cells of a stream without its first events.
    pub(super) fn write_without(self, first: usize, cells: &[i64], out: &mut Vec<i64>) {
        match self {
            Kind::First => out.extend(cells),
            Kind::Times => out.extend(&cells[first..]),
            Kind::Sums => {
                out.extend(cells.first());
                let (times, upto) = cells[1..].split_at(n_summed(cells));
                out.extend(&times[first..]);
                out.extend(upto.get(first..).unwrap_or_default());
            }
            Kind::Lasts => {
                let (times, values) = cells.split_at(cells.len() / 2);
                out.extend(&times[first..]);
                out.extend(&values[first..]);
            }
        }
    }
}

/// How many events there are in the cells of sums.
fn n_summed(cells: &[i64]) -> usize {
    match cells.first() {
        None => 0,
        Some(&LOST) => cells.len() - 1,
        Some(_) => (cells.len() - 2) / 2,
    }
}

/// Keeps the earliest instant only.
pub(super) fn take_first(cells: &mut impl Cells, at: Timestamp) {
    match cells.all_mut() {
        [first] => *first = at.millis().min(*first),
        _ => cells.insert(0, at.millis()),
    }
}

/// Puts an instant in its place among the first `n` cells behind `start`, after those of the same instant; says which.
pub(super) fn take_time(
    cells: &mut impl Cells,
    (start, n): (usize, usize),
    at: Timestamp,
) -> usize {
    let place = Times::of(&cells.all()[start..start + n]).up_to(at);
    cells.insert(start + place, at.millis());
    place
}

/// Takes in an event with the number to be added up.
pub(super) fn take_sum(cells: &mut impl Cells, at: Timestamp, value: ValueRef<'_>) {
    if cells.all().is_empty() {
        cells.insert(0, 0);
        cells.insert(1, 0);
    }
    let n = n_summed(cells.all());
    let place = take_time(cells, (1, n), at);
    if cells.all()[0] == LOST {
        return;
    }
    let number = value.as_number().unwrap_or_default().normalize();
    if add(cells, (n + 1, place), number).is_none() {
        cells.all_mut()[0] = LOST;
        while n + 2 < cells.all().len() {
            cells.remove(n + 2);
        }
    }
}

/// Adds a number to the sums behind `n` instants from a place on; `None`, and anything may be left, when they do not fit.
fn add(cells: &mut impl Cells, (n, place): (usize, usize), number: Decimal) -> Option<()> {
    let sums = n + 1;
    let scale = u32::try_from(cells.all()[0]).ok()?;
    if scale < number.scale() {
        let up = 10_i64.checked_pow(number.scale() - scale)?;
        for sum in &mut cells.all_mut()[sums..] {
            *sum = sum.checked_mul(up)?;
        }
        cells.all_mut()[0] = i64::from(number.scale());
    }
    let scale = scale.max(number.scale());
    let up = 10_i128.checked_pow(scale - number.scale())?;
    let whole = i64::try_from(number.mantissa().checked_mul(up)?).ok()?;
    let before = cells.all()[sums + place];
    cells.insert(sums + place + 1, before);
    for sum in &mut cells.all_mut()[sums + place + 1..] {
        *sum = sum.checked_add(whole)?;
    }
    Some(())
}

/// The sums of a stream; none when they are lost.
pub(super) fn sums(cells: &[i64]) -> Option<Sums<'_>> {
    let scale = u32::try_from(*cells.first()?).ok()?;
    Some(Sums { upto: &cells[1 + n_summed(cells)..], scale })
}

impl Sums<'_> {
    /// The sum of the events from one place up to before another.
    pub(super) fn between(&self, from: usize, to: usize) -> i64 {
        self.upto[to].wrapping_sub(self.upto[from])
    }
}

/// Takes in a value, given by its number.
pub(super) fn take_last(cells: &mut impl Cells, at: Timestamp, value: i64) {
    let n = cells.all().len() / 2;
    if let Some(place) = cells.all()[n..].iter().rposition(|known| *known == value) {
        if at.millis() <= cells.all()[place] {
            return;
        }
        cells.remove(n + place);
        cells.remove(place);
    }
    let n = cells.all().len() / 2;
    let place = take_time(cells, (0, n), at);
    cells.insert(n + 1 + place, value);
}

impl LongTexts {
    /// The number of a text. Short texts are their own number: their bytes, and how many. Others have a place in a list.
    pub(super) fn number_of(&mut self, written: &str) -> i64 {
        const LISTED: u64 = 0xff << 56;
        let bytes = written.as_bytes();
        if bytes.len() < 8 {
            let mut number = [0; 8];
            number[..bytes.len()].copy_from_slice(bytes);
            number[7] = bytes.len() as u8;
            return i64::from_le_bytes(number);
        }
        let LongTexts(list) = self;
        let known = list.iter().position(|known| **known == *written);
        let place = known.unwrap_or_else(|| {
            list.push(written.into());
            list.len() - 1
        });
        (LISTED | place as u64).cast_signed()
    }
}
