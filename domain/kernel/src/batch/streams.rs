//! Streams in a block: the events of a name that pass filters, and where windows cut them in each lane.

use columns::{Block, Column, LANES, Times, Track};
use condition::Filter;
use facts::{Calendar, History, Timestamp, ValueRef};

use super::{
    compile::{Cuts, Questions, Stream},
    cuts::{CutTable, STRIDE},
    sorting::{Coded, Sortings},
};
use crate::moment::Moment;

/// All streams of one block. Memory is kept from block to block.
#[derive(Debug, Default)]
pub(super) struct Streams {
    /// By stream; a stream of several names has several pieces.
    pieces: Vec<Vec<Piece>>,
    /// The streams of this block of which a filter looks at values that are left out.
    unknown: Vec<bool>,
    spare: Vec<Piece>,
    sortings: Sortings,
}

/// The events of one name in a stream.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// The place of the name among the tracks of the block.
    pub(super) track: usize,
    /// The chosen events; none when all were chosen.
    chosen: Option<Chosen>,
    /// For each cut and lane the first event at or after it.
    cuts: Vec<u32>,
    memory: Chosen,
}

/// Some events of a track.
#[derive(Debug, Default)]
struct Chosen {
    starts: Vec<u32>,
    at: Vec<i64>,
    rows: Vec<u32>,
}

/// One piece of a stream together with its block.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    piece: &'a Piece,
    times: &'a Times,
}

impl Streams {
    /// The pieces of a stream.
    pub(super) fn of<'a>(
        &'a self,
        stream: usize,
        block: &'a Block,
    ) -> impl Iterator<Item = View<'a>> {
        self.pieces[stream]
            .iter()
            .map(|piece| View { piece, times: &block.tracks()[piece.track].times })
    }

    /// The only piece of a stream; none when it has none, or several.
    pub(super) fn only<'a>(&'a self, stream: usize, block: &'a Block) -> Option<View<'a>> {
        let [piece] = self.pieces[stream].as_slice() else { return None };
        Some(View { piece, times: &block.tracks()[piece.track].times })
    }

    /// Whether columns know which events a stream has in this block.
    pub(super) fn knows(&self, stream: usize) -> bool {
        !self.unknown[stream]
    }

    /// How many names a stream has in this block.
    pub(super) fn names(&self, stream: usize) -> usize {
        self.pieces[stream].len()
    }

    /// Puts together all streams of a block.
    pub(super) fn fill(
        &mut self,
        questions: &Questions,
        block: &Block,
        (at, calendar): (Timestamp, &Calendar),
    ) {
        for pieces in &mut self.pieces {
            self.spare.append(pieces);
        }
        self.pieces.resize_with(questions.streams.len(), Vec::new);
        self.unknown.clear();
        self.unknown.resize(questions.streams.len(), false);
        let nothing = History::default();
        let moment = Moment::new(&nothing, calendar, at);
        for (track, known) in block.tracks().iter().enumerate() {
            let mut by_property: Vec<(&str, Vec<usize>)> = vec![];
            for (number, stream) in questions.streams.iter().enumerate() {
                if !stream.events.name.fits(&known.name) {
                    continue;
                }
                let left_out = |filter: &Filter| {
                    matches!(known.property(&filter.property), Some(Column::LeftOut { .. }))
                };
                if stream.events.filters.iter().any(left_out) {
                    self.unknown[number] = true;
                    continue;
                }
                match stream.events.filters.as_slice() {
                    [] => self.take_all(number, track),
                    [filter] => {
                        let property = filter.property.as_str();
                        match by_property.iter_mut().find(|(other, _)| *other == property) {
                            Some((_, streams)) => streams.push(number),
                            None => by_property.push((property, vec![number])),
                        }
                    }
                    filters => {
                        self.choose(number, track, block, &passing(filters, block, track, &moment))
                    }
                }
            }
            for (property, streams) in by_property {
                self.sort_out(&streams, (property, track), block, questions, &moment);
            }
        }
        for (pieces, stream) in self.pieces.iter_mut().zip(&questions.streams) {
            for piece in pieces {
                piece.cut(&block.tracks()[piece.track].times, &stream.table);
            }
        }
    }

    fn piece(&mut self, track: usize) -> Piece {
        let mut piece = self.spare.pop().unwrap_or_default();
        piece.track = track;
        if let Some(chosen) = piece.chosen.take() {
            piece.memory = chosen;
        }
        piece
    }

    fn take_all(&mut self, stream: usize, track: usize) {
        let piece = self.piece(track);
        self.pieces[stream].push(piece);
    }

    /// A stream of the rows that pass.
    fn choose(&mut self, stream: usize, track: usize, block: &Block, passes: &[bool]) {
        let mut piece = self.piece(track);
        let mut chosen = std::mem::take(&mut piece.memory);
        chosen.clear();
        let times = &block.tracks()[track].times;
        for (lane, ends) in times.starts().windows(2).enumerate() {
            for row in ends[0]..ends[1] {
                if passes[row as usize] {
                    chosen.push(lane, times.at()[row as usize], row);
                }
            }
        }
        chosen.end();
        piece.chosen = Some(chosen);
        self.pieces[stream].push(piece);
    }

    /// Streams with one filter each on the same property, filled in one walk over its values.
    fn sort_out(
        &mut self,
        streams: &[usize],
        (property, track): (&str, usize),
        block: &Block,
        questions: &Questions,
        moment: &Moment<'_>,
    ) {
        let filter = |stream: usize| &questions.streams[stream].events.filters[0];
        let Some(Column::Coded { values, codes }) = block.tracks()[track].property(property) else {
            for stream in streams {
                let passes = passing(std::slice::from_ref(filter(*stream)), block, track, moment);
                self.choose(*stream, track, block, &passes);
            }
            return;
        };
        let mut filled: Vec<(Piece, Chosen)> = streams
            .iter()
            .map(|_| {
                let mut piece = self.piece(track);
                let mut chosen = std::mem::take(&mut piece.memory);
                chosen.clear();
                (piece, chosen)
            })
            .collect();
        let Track { name, times, .. } = &block.tracks()[track];
        let holds =
            |stream: usize, value: ValueRef<'_>| moment.test(value, &filter(stream).test).value;
        let coded = Coded { name, property, values, codes, times };
        self.sortings.walk(coded, streams, holds, |place, lane, row| {
            filled[place].1.push(lane, times.at()[row as usize], row);
        });
        filled.iter_mut().for_each(|(_, chosen)| chosen.end());
        for (stream, (mut piece, chosen)) in streams.iter().zip(filled) {
            piece.chosen = Some(chosen);
            self.pieces[*stream].push(piece);
        }
    }
}

impl Chosen {
    fn clear(&mut self) {
        self.starts.clear();
        self.starts.resize(LANES + 1, 0);
        self.at.clear();
        self.rows.clear();
    }

    /// Takes an event; lanes never fall. Until the end the starts hold how many each lane has.
    fn push(&mut self, lane: usize, at: i64, row: u32) {
        self.at.push(at);
        self.rows.push(row);
        self.starts[lane + 1] += 1;
    }

    fn end(&mut self) {
        let mut so_far = 0;
        for start in &mut self.starts {
            so_far += *start;
            *start = so_far;
        }
    }
}

impl Piece {
    /// Finds, for every cut and lane, the first event at or after it.
    fn cut(&mut self, times: &Times, cuts: &CutTable) {
        let (starts, at) = match &self.chosen {
            Some(chosen) => (chosen.starts.as_slice(), chosen.at.as_slice()),
            None => (times.starts(), times.at()),
        };
        cuts.places(starts, at, &mut self.cuts);
    }
}

impl<'a> View<'a> {
    /// Where each lane begins among the instants, and at the end their number.
    pub(super) fn starts(self) -> &'a [u32] {
        match &self.piece.chosen {
            Some(chosen) => &chosen.starts,
            None => self.times.starts(),
        }
    }

    /// When the events happened, in milliseconds since 1970.
    pub(super) fn at(self) -> &'a [i64] {
        match &self.piece.chosen {
            Some(chosen) => &chosen.at,
            None => self.times.at(),
        }
    }

    /// The row of an event among all events of its name.
    pub(super) fn row(self, place: usize) -> usize {
        match &self.piece.chosen {
            Some(chosen) => chosen.rows[place] as usize,
            None => place,
        }
    }

    /// The place of the name among the tracks of the block.
    pub(super) fn track(self) -> usize {
        self.piece.track
    }

    /// Where a window begins in each lane.
    pub(super) fn from(self, window: Cuts) -> &'a [u32] {
        match window.from {
            Some(cut) => self.cut(cut),
            None => &self.starts()[..LANES],
        }
    }

    /// Where a window ends in each lane.
    pub(super) fn to(self, window: Cuts) -> &'a [u32] {
        self.cut(window.to)
    }

    /// The first event at or after a cut, in each lane.
    pub(super) fn cut(self, cut: usize) -> &'a [u32] {
        &self.piece.cuts[cut * STRIDE..cut * STRIDE + LANES]
    }
}

/// Whether each row of a track passes all filters.
fn passing(filters: &[Filter], block: &Block, track: usize, moment: &Moment<'_>) -> Vec<bool> {
    let track = &block.tracks()[track];
    let mut passes = vec![true; track.times.at().len()];
    for filter in filters {
        match track.property(&filter.property) {
            Some(column) => {
                let holds = |value: ValueRef<'_>| moment.test(value, &filter.test).value;
                narrow(column, &mut passes, holds);
            }
            None if moment.test(ValueRef::Missing, &filter.test).value => {}
            None => passes.fill(false),
        }
    }
    passes
}

/// Takes out the rows whose value does not hold.
fn narrow(column: &Column, passes: &mut [bool], holds: impl Fn(ValueRef<'_>) -> bool) {
    match column {
        Column::Coded { values, codes } => {
            let table: Vec<bool> = values.iter().map(|value| holds(value.borrowed())).collect();
            codes.look_up(&table, |row, holds| passes[row] &= holds);
        }
        Column::Numbers { .. } | Column::LeftOut { .. } => {
            for (row, passes) in passes.iter_mut().enumerate() {
                *passes = *passes && holds(column.value(row));
            }
        }
    }
}

impl Stream {
    /// The place of the cut just after now: the first, since cuts fall and none lies later.
    pub(super) const NOW: usize = 0;
}
