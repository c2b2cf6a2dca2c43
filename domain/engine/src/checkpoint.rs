//! An engine in pages of bytes: what holds of 1,024 customers each, to be kept outside and put together again.
//!
//! ```text
//!   page   number │ who is known │ answers │ memberships │ when each customer's answers lapse │ who carries which sign
//! ```
//! Each page is true by itself, for the instant at which it was packed: what holds of one customer hangs on nobody else.
//! A page belongs to the rules it was packed under and to the program that packed it; whoever keeps it sees to that.

use facts::{
    Timestamp,
    pack::{Unpack, push_i64, push_u64},
};
use kernel::Question;
use roaring::RoaringBitmap;

use crate::{
    Carrying, Engine, Rules,
    lapses::{Lapse, Lapses},
    rows::{IN_A_PAGE, Rows},
};

/// So many customers share a page.
pub const PAGE: u32 = IN_A_PAGE as u32;
/// So many customers share a container of a bitmap.
const BLOCK: usize = 1 << 16;

impl Engine {
    /// How many pages there are.
    pub fn pages(&self) -> u32 {
        let customers = self.lapses.len().max(self.known.max().map_or(0, |last| last as usize + 1));
        customers.div_ceil(IN_A_PAGE) as u32
    }

    /// Appends a page.
    pub fn pack_page(&self, page: u32, out: &mut Vec<u8>) {
        let customers = page * PAGE..(page + 1) * PAGE;
        push_u64(out, page.into());
        let mut known = [0_u64; IN_A_PAGE / 64];
        for customer in self.known.range(customers.clone()) {
            let place = (customer % PAGE) as usize;
            known[place / 64] |= 1 << (place % 64);
        }
        push_words(out, &known);
        push_words(out, self.rows.page(page as usize));
        push_words(out, self.memberships.page(page as usize));
        let first = customers.start as usize;
        let lapses = self.lapses.get(first..).unwrap_or_default();
        let lapses = &lapses[..lapses.len().min(IN_A_PAGE)];
        push_u64(out, lapses.len() as u64);
        lapses.iter().for_each(|lapses| push_lapses(out, lapses));
        for carriers in &self.carriers {
            push_u64(out, carriers.range(customers.clone()).count() as u64);
            for (customer, carrying) in carriers.range(customers.clone()) {
                push_u64(out, (customer % PAGE).into());
                out.push(carrying.strength);
                push_i64(out, carrying.since.millis());
            }
        }
    }
}

/// An engine being put together again from its pages, in their order.
pub struct Restoring {
    engine: Engine,
    /// The members among the customers of the block that is being filled, 64 to a word, by segment.
    block: Vec<u64>,
    begun: usize,
    next: u32,
}

impl Restoring {
    /// Nobody is placed yet.
    pub fn new(rules: &Rules) -> Restoring {
        let engine = Engine::new(rules);
        Restoring { block: vec![0; engine.segments.len() * BLOCK / 64], engine, begun: 0, next: 0 }
    }

    /// Takes over the next page, read from its beginning; `None` when it is not what was packed under these rules.
    pub fn add(&mut self, rest: &mut Unpack<'_>) -> Option<()> {
        let page = rest.u32().filter(|page| *page == self.next)?;
        self.next += 1;
        let first = page.checked_mul(PAGE)?;
        if self.begun != first as usize / BLOCK {
            self.settle_block();
            self.begun = first as usize / BLOCK;
        }
        for (place, word) in words(rest)?.into_iter().enumerate() {
            let bits = (0..64).filter(|bit| word >> bit & 1 == 1);
            self.engine.known.extend(bits.map(|bit| first + 64 * place as u32 + bit));
        }
        let engine = &mut self.engine;
        engine.rows.put_page(page as usize, words(rest)?)?;
        engine.memberships.put_page(page as usize, words(rest)?)?;
        self.note_members(first);
        for place in 0..rest.u32().filter(|n| *n <= PAGE)? {
            let lapses = read_lapses(rest)?;
            self.engine.put_lapses(first + place, lapses);
        }
        for carriers in &mut self.engine.carriers {
            for _ in 0..rest.u32()? {
                let customer = first + rest.u32().filter(|place| *place < PAGE)?;
                let strength = rest.u8()?;
                let since = Timestamp::from_millis(rest.i64()?);
                carriers.insert(customer, Carrying { strength, since });
            }
        }
        Some(())
    }

    /// The engine as it was.
    pub fn finish(mut self) -> Engine {
        self.settle_block();
        self.engine
    }

    fn note_members(&mut self, first: u32) {
        for customer in first..first + PAGE {
            let place = customer as usize % BLOCK;
            for segment in self.engine.memberships.ones(customer) {
                if let Some(word) = self.block.get_mut(segment as usize * BLOCK / 64 + place / 64) {
                    *word |= 1 << (place % 64);
                }
            }
        }
    }

    fn settle_block(&mut self) {
        let first = (self.begun * BLOCK) as u32;
        for (segment, words) in self.block.chunks_mut(BLOCK / 64).enumerate() {
            if words.iter().any(|word| *word != 0) {
                let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
                self.engine.segments[segment] |= RoaringBitmap::from_lsb0_bytes(first, &bytes);
                words.fill(0);
            }
        }
    }
}

/// Appends words after their number.
fn push_words(out: &mut Vec<u8>, words: &[u64]) {
    push_u64(out, words.len() as u64);
    words.iter().for_each(|word| out.extend_from_slice(&word.to_le_bytes()));
}

fn words(rest: &mut Unpack<'_>) -> Option<Vec<u64>> {
    let n = rest.usize()?;
    let (words, _) = rest.take(n.checked_mul(8)?)?.as_chunks::<8>();
    Some(words.iter().map(|word| u64::from_le_bytes(*word)).collect())
}

/// Appends when the answers of a customer lapse: 1 and the instant beyond which nothing is kept, or 0; then what is near.
fn push_lapses(out: &mut Vec<u8>, lapses: &Lapses) {
    let (near, beyond) = lapses.all();
    push_u64(out, u64::from(beyond.is_some()));
    beyond.iter().for_each(|beyond| push_i64(out, beyond.millis()));
    push_u64(out, near.len() as u64);
    let mut before = (0, 0);
    for lapse in near {
        let (question, at) = (lapse.question(), lapse.at());
        push_u64(out, u64::from(question.wrapping_sub(before.0)));
        push_i64(out, at.millis().wrapping_sub(before.1));
        before = (question, at.millis());
    }
}

fn read_lapses(rest: &mut Unpack<'_>) -> Option<Lapses> {
    let beyond = match rest.u64()? {
        0 => None,
        _ => Some(Timestamp::from_millis(rest.i64()?)),
    };
    let n = rest.usize()?;
    let (mut near, mut before): (Vec<Lapse>, (Question, i64)) = (vec![], (0, 0));
    for _ in 0..n {
        before.0 = before.0.wrapping_add(rest.u32()?);
        before.1 = before.1.wrapping_add(rest.i64()?);
        near.push(Lapse { question: before.0, at: Timestamp::from_millis(before.1) });
    }
    Some(Lapses::anew(near, beyond))
}

impl Rows {
    /// The rows of a page of customers; empty when there is none.
    fn page(&self, page: usize) -> &[u64] {
        self.pages.get(page).map_or(&[], |page| page)
    }

    /// Puts a page in the place of its number, as [`Rows::page`] gave it.
    fn put_page(&mut self, page: usize, words: Vec<u64>) -> Option<()> {
        let length = self.words * IN_A_PAGE;
        if words.is_empty() {
            return Some(());
        }
        if words.len() != length || page < self.pages.len() {
            return None;
        }
        self.pages.resize_with(page, || vec![0; length].into_boxed_slice());
        self.pages.push(words.into_boxed_slice());
        Some(())
    }
}
