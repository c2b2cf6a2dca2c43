//! Work in many pieces: the domain has no threads, so who calls says how pieces are done.

use std::sync::{Mutex, PoisonError};

/// Does the pieces `0..n`, in any order and on as many threads as the caller likes.
pub type Spread<'a> = &'a (dyn Fn(usize, &(dyn Fn(usize) + Sync)) + Sync);

/// One after the other.
pub fn one_by_one(n: usize, piece: &(dyn Fn(usize) + Sync)) {
    (0..n).for_each(piece);
}

/// What the pieces gave, in their order.
pub(crate) fn gather<T: Send>(
    spread: Spread<'_>,
    n: usize,
    piece: &(dyn Fn(usize) -> T + Sync),
) -> Vec<T> {
    let places: Vec<Mutex<Option<T>>> = (0..n).map(|_| Mutex::new(None)).collect();
    spread(n, &|place| {
        let found = piece(place);
        *places[place].lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
    });
    let taken =
        |place: Mutex<Option<T>>| place.into_inner().unwrap_or_else(PoisonError::into_inner);
    places.into_iter().filter_map(taken).collect()
}
