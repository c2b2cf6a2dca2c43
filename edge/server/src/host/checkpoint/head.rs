//! What stands before the pages of a checkpoint.

use std::{collections::BTreeMap, sync::Arc};

use facts::{
    Timestamp,
    pack::{Unpack, push_bytes, push_i64, push_u64},
};
use kernel::{Cut, RankKey};
use roaring::RoaringBitmap;

use crate::host::WeekAgo;

/// Everything that is not about one customer.
pub(super) struct Head {
    /// By which program, definitions and calendar the pages were made.
    pub(super) made_by: Vec<u8>,
    /// Whose facts were on disk and not judged.
    pub(super) owed: RoaringBitmap,
    /// Who was one with whom: the customer, and the one under whom that one is looked for.
    pub(super) united: Vec<(u32, u32)>,
    /// The cuts of ranks; none for a rank that nobody reaches.
    pub(super) cuts: BTreeMap<RankKey, Option<Cut>>,
    pub(super) week_ago: Arc<WeekAgo>,
}

impl Head {
    pub(super) fn pack(&self) -> Vec<u8> {
        let mut out = vec![];
        push_bytes(&mut out, &self.made_by);
        push_bitmap(&mut out, &self.owed);
        push_u64(&mut out, self.united.len() as u64);
        for (member, head) in &self.united {
            push_u64(&mut out, (*member).into());
            push_u64(&mut out, (*head).into());
        }
        kernel::pack_cuts(&self.cuts, &mut out);
        push_i64(&mut out, self.week_ago.computed_at.millis());
        push_u64(&mut out, self.week_ago.segments.len() as u64);
        self.week_ago.segments.iter().for_each(|members| push_bitmap(&mut out, members));
        out
    }

    pub(super) fn read(bytes: &[u8]) -> Option<Head> {
        let mut rest = Unpack(bytes);
        let made_by = rest.bytes()?.to_vec();
        let owed = bitmap(&mut rest)?;
        let mut united = vec![];
        for _ in 0..rest.u64()? {
            united.push((rest.u32()?, rest.u32()?));
        }
        let cuts = kernel::unpack_cuts(&mut rest)?;
        let computed_at = Timestamp::from_millis(rest.i64()?);
        let mut segments = vec![];
        for _ in 0..rest.u64()? {
            segments.push(bitmap(&mut rest)?);
        }
        let week_ago = Arc::new(WeekAgo { segments, computed_at });
        rest.is_empty().then_some(Head { made_by, owed, united, cuts, week_ago })
    }
}

fn push_bitmap(out: &mut Vec<u8>, bitmap: &RoaringBitmap) {
    push_u64(out, bitmap.serialized_size() as u64);
    // Writing into memory does not fail.
    let _ = bitmap.serialize_into(out);
}

fn bitmap(rest: &mut Unpack<'_>) -> Option<RoaringBitmap> {
    RoaringBitmap::deserialize_from(rest.bytes()?).ok()
}
