//! What a page of a checkpoint holds beside the engine's part: the cards of its customers, and what today's list knows of
//! those who carry a sign.

use std::{collections::HashMap, ops::Range};

use engine::PAGE;
use facts::{
    Decimal, Timestamp,
    pack::{Unpack, push_bytes, push_i64, push_optional, push_u64},
};
use scenarios::{Brief, Rest};

use crate::host::{Live, cards::Cards};

/// Appends the part of a page.
pub(super) fn pack(live: &Live, page: u32, out: &mut Vec<u8>) {
    let customers = page * PAGE..(page + 1) * PAGE;
    live.cards.pack(customers.clone(), out);
    let briefs: Vec<(u32, &Brief)> = briefs_of(live, customers).collect();
    push_u64(out, briefs.len() as u64);
    for (customer, brief) in briefs {
        push_u64(out, customer.into());
        push_brief(out, brief);
    }
}

fn briefs_of(live: &Live, customers: Range<u32>) -> impl Iterator<Item = (u32, &Brief)> {
    customers.filter_map(|customer| Some((customer, live.briefs.get(&customer)?)))
}

/// Takes over the part of a page; `None` when it is not what was packed.
pub(super) fn unpack(
    rest: &mut Unpack<'_>,
    cards: &mut Cards,
    briefs: &mut HashMap<u32, Brief>,
) -> Option<()> {
    cards.unpack(rest)?;
    for _ in 0..rest.u64()? {
        briefs.insert(rest.u32()?, brief(rest)?);
    }
    rest.is_empty().then_some(())
}

fn push_brief(out: &mut Vec<u8>, brief: &Brief) {
    let Brief { name, is_company, rep, yearly, last_approach, rest } = brief;
    push_optional(out, name.as_deref().map(str::as_bytes));
    push_u64(out, (*is_company).into());
    push_optional(out, rep.as_deref().map(str::as_bytes));
    push_bytes(out, &yearly.serialize());
    push_instant(out, *last_approach);
    push_instant(out, rest.map(|rest| rest.since));
    push_instant(out, rest.map(|rest| rest.until));
}

fn brief(rest: &mut Unpack<'_>) -> Option<Brief> {
    Some(Brief {
        name: rest.optional_text()?.map(str::to_owned),
        is_company: rest.u64()? == 1,
        rep: rest.optional_text()?.map(str::to_owned),
        yearly: Decimal::deserialize(rest.bytes()?.try_into().ok()?),
        last_approach: instant(rest)?,
        rest: match (instant(rest)?, instant(rest)?) {
            (Some(since), Some(until)) => Some(Rest { since, until }),
            _ => None,
        },
    })
}

/// Appends an instant, or that there is none.
pub(in crate::host) fn push_instant(out: &mut Vec<u8>, at: Option<Timestamp>) {
    push_u64(out, at.is_some().into());
    at.iter().for_each(|at| push_i64(out, at.millis()));
}

/// Reads an instant, or that there is none.
pub(in crate::host) fn instant(rest: &mut Unpack<'_>) -> Option<Option<Timestamp>> {
    match rest.u64()? {
        0 => Some(None),
        _ => Some(Some(Timestamp::from_millis(rest.i64()?))),
    }
}
