//! One stream of one customer: the instants of the events that were chosen, and what is kept of them.

use facts::{Decimal, Timestamp, ValueRef};

/// What is kept of chosen events.
#[derive(Debug, Clone)]
pub(super) enum Stream {
    /// When they happened.
    Times(Vec<Timestamp>),
    /// When they happened, and the sums of a property. Boxed, as there are many streams and most are plain.
    Sums(Box<Sums>),
    /// When each different value came last.
    Lasts(Box<Lasts>),
}

/// Sums of a property from the beginning on, so that the sum of a window is a difference.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    pub(super) times: Vec<Timestamp>,
    /// Before each event and at the end; whole numbers that stand for themselves divided by ten `scale` times.
    upto: Vec<i64>,
    pub(super) scale: u32,
    /// The sums do not fit: only the history knows them.
    pub(super) is_lost: bool,
}

/// When each different value came last, in the order of time.
#[derive(Debug, Clone, Default)]
pub(super) struct Lasts {
    pub(super) times: Vec<Timestamp>,
    /// Which value came then.
    values: Vec<u64>,
    /// Values that do not fit into a number.
    long: Vec<Box<str>>,
}

impl Stream {
    pub(super) fn times(&self) -> &[Timestamp] {
        match self {
            Stream::Times(times) => times,
            Stream::Sums(sums) => &sums.times,
            Stream::Lasts(lasts) => &lasts.times,
        }
    }

    /// Gives back memory that was taken in advance.
    pub(super) fn shrink(&mut self) {
        match self {
            Stream::Times(times) => times.shrink_to_fit(),
            Stream::Sums(sums) => {
                sums.times.shrink_to_fit();
                sums.upto.shrink_to_fit();
            }
            Stream::Lasts(lasts) => {
                lasts.times.shrink_to_fit();
                lasts.values.shrink_to_fit();
            }
        }
    }

    /// About how many bytes of memory it takes beside its own place.
    pub(super) fn size(&self) -> usize {
        match self {
            Stream::Times(times) => 8 * times.capacity(),
            Stream::Sums(sums) => {
                size_of::<Sums>() + 8 * (sums.times.capacity() + sums.upto.capacity())
            }
            Stream::Lasts(lasts) => {
                let long = lasts.long.iter().map(|text| text.len() + 16).sum::<usize>();
                let each = 8 * (lasts.times.capacity() + lasts.values.capacity());
                size_of::<Lasts>() + each + long
            }
        }
    }
}

/// Room for one more and some that will follow: less than a list takes by itself, since most wait long for the next.
fn make_room<T>(list: &mut Vec<T>) {
    if list.len() == list.capacity() {
        list.reserve_exact(2 + list.len() / 8);
    }
}

/// Puts an instant in its place, after those of the same instant; says which place.
pub(super) fn put(times: &mut Vec<Timestamp>, at: Timestamp) -> usize {
    make_room(times);
    // Nearly all come in order.
    if times.last().is_none_or(|last| *last <= at) {
        times.push(at);
        return times.len() - 1;
    }
    let place = times.partition_point(|known| *known <= at);
    times.insert(place, at);
    place
}

impl Sums {
    pub(super) fn take(&mut self, at: Timestamp, value: ValueRef<'_>) {
        let place = put(&mut self.times, at);
        if self.upto.is_empty() {
            self.upto.push(0);
        }
        if self.is_lost {
            return;
        }
        let number = value.as_number().unwrap_or_default().normalize();
        if self.add(place, number).is_none() {
            self.is_lost = true;
            self.upto = vec![0];
        }
    }

    fn add(&mut self, place: usize, number: Decimal) -> Option<()> {
        if self.scale < number.scale() {
            let up = 10_i64.checked_pow(number.scale() - self.scale)?;
            for sum in &mut self.upto {
                *sum = sum.checked_mul(up)?;
            }
            self.scale = number.scale();
        }
        let up = 10_i128.checked_pow(self.scale - number.scale())?;
        let whole = i64::try_from(number.mantissa().checked_mul(up)?).ok()?;
        make_room(&mut self.upto);
        self.upto.insert(place + 1, *self.upto.get(place)?);
        for sum in &mut self.upto[place + 1..] {
            *sum = sum.checked_add(whole)?;
        }
        Some(())
    }

    /// The sum of the events from one place up to before another.
    pub(super) fn between(&self, from: usize, to: usize) -> i64 {
        self.upto[to].wrapping_sub(self.upto[from])
    }
}

impl Lasts {
    /// Takes in a value by the way it is written: those written alike are the same.
    pub(super) fn take_written(&mut self, at: Timestamp, written: &str) {
        let value = self.number_of(written);
        self.take(at, value);
    }

    /// Takes in a value given by its number.
    pub(super) fn take(&mut self, at: Timestamp, value: u64) {
        if let Some(place) = self.values.iter().rposition(|known| *known == value) {
            if at <= self.times[place] {
                return;
            }
            self.times.remove(place);
            self.values.remove(place);
        }
        let place = put(&mut self.times, at);
        make_room(&mut self.values);
        self.values.insert(place, value);
    }

    /// Short texts are their own number: their bytes, and how many. Others have a place in a list.
    fn number_of(&mut self, written: &str) -> u64 {
        const LISTED: u64 = 0xff << 56;
        let bytes = written.as_bytes();
        if bytes.len() < 8 {
            let mut number = [0; 8];
            number[..bytes.len()].copy_from_slice(bytes);
            number[7] = bytes.len() as u8;
            return u64::from_le_bytes(number);
        }
        let known = self.long.iter().position(|known| **known == *written);
        let place = known.unwrap_or_else(|| {
            self.long.push(written.into());
            self.long.len() - 1
        });
        LISTED | place as u64
    }
}
