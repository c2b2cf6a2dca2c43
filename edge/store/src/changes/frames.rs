//! How changes are written. Each payload begins with the version of its form.

use facts::Timestamp;
use roaring::RoaringBitmap;

use super::record::{ChangeCause, NewChange, TouchedSegment};
use crate::{
    CustomerNo,
    frame::{FrameAt, Payload},
};
use facts::pack::{Unpack, push_bytes, push_i64, push_u64};

/// The beginning of a file.
pub(super) const BASE: u8 = 1;
/// Who was in one segment when the file began.
pub(super) const MEMBERS: u8 = 2;
/// Changes, or only how far all is told.
pub(super) const CHANGES: u8 = 3;
const VERSION: u8 = 1;

/// What every frame that moves on says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// The place of its first change.
    pub(super) first_seq: u64,
    /// Up to when everything is told after it.
    pub(super) until: Timestamp,
}

pub(super) struct Members {
    pub(super) segment: TouchedSegment,
    pub(super) members: RoaringBitmap,
}

pub(super) struct Changes {
    pub(super) head: Head,
    pub(super) noticed: Timestamp,
    pub(super) records: Vec<NewChange>,
}

impl Head {
    pub(super) fn payload(self) -> Payload {
        let mut bytes = vec![VERSION];
        self.push(&mut bytes);
        Payload::new(BASE, bytes)
    }

    pub(super) fn unpack(frame: &FrameAt) -> Option<Head> {
        let mut rest = begin(frame, BASE)?;
        let head = Head::read(&mut rest)?;
        rest.is_empty().then_some(head)
    }

    fn push(self, bytes: &mut Vec<u8>) {
        push_u64(bytes, self.first_seq);
        push_i64(bytes, self.until.millis());
    }

    fn read(rest: &mut Unpack<'_>) -> Option<Head> {
        Some(Head { first_seq: rest.u64()?, until: Timestamp::from_millis(rest.i64()?) })
    }
}

impl Members {
    pub(super) fn pack(segment: &TouchedSegment, members: &RoaringBitmap) -> Payload {
        let mut bytes = vec![VERSION];
        push_segment(&mut bytes, segment);
        let mut set = Vec::with_capacity(members.serialized_size());
        // Writing to memory does not fail.
        let _ = members.serialize_into(&mut set);
        push_bytes(&mut bytes, &set);
        Payload::new(MEMBERS, bytes)
    }

    pub(super) fn unpack(frame: &FrameAt) -> Option<Members> {
        let mut rest = begin(frame, MEMBERS)?;
        let segment = read_segment(&mut rest)?;
        let members = RoaringBitmap::deserialize_from(rest.bytes()?).ok()?;
        rest.is_empty().then_some(Members { segment, members })
    }
}

impl Changes {
    pub(super) fn pack(records: &[NewChange], head: Head, noticed: Timestamp) -> Payload {
        let mut bytes = vec![VERSION];
        head.push(&mut bytes);
        push_i64(&mut bytes, noticed.millis());
        let mut segments: Vec<&TouchedSegment> = records.iter().map(|one| &one.segment).collect();
        segments.sort_unstable();
        segments.dedup();
        push_u64(&mut bytes, segments.len() as u64);
        segments.iter().for_each(|segment| push_segment(&mut bytes, segment));
        push_u64(&mut bytes, records.len() as u64);
        for record in records {
            let place = segments.partition_point(|segment| *segment < &record.segment) as u64;
            push_u64(&mut bytes, u64::from(record.customer.0));
            push_u64(&mut bytes, place << 1 | u64::from(record.entered));
            bytes.push(record.cause.code());
            push_i64(&mut bytes, record.at.millis() - noticed.millis());
        }
        Payload::new(CHANGES, bytes)
    }

    pub(super) fn unpack(frame: &FrameAt) -> Option<Changes> {
        let mut rest = begin(frame, CHANGES)?;
        let head = Head::read(&mut rest)?;
        let noticed = rest.i64()?;
        let mut segments = vec![];
        for _ in 0..rest.u64()? {
            segments.push(read_segment(&mut rest)?);
        }
        let mut records = vec![];
        for _ in 0..rest.u64()? {
            let customer = CustomerNo(u32::try_from(rest.u64()?).ok()?);
            let place = rest.u64()?;
            let segment = segments.get(usize::try_from(place >> 1).ok()?)?.clone();
            let cause = ChangeCause::of(rest.u8()?)?;
            let at = Timestamp::from_millis(noticed.checked_add(rest.i64()?)?);
            records.push(NewChange { customer, segment, entered: place & 1 == 1, at, cause });
        }
        let noticed = Timestamp::from_millis(noticed);
        rest.is_empty().then_some(Changes { head, noticed, records })
    }
}

impl ChangeCause {
    fn code(self) -> u8 {
        match self {
            ChangeCause::Fact => 0,
            ChangeCause::Time => 1,
            ChangeCause::Edit => 2,
            ChangeCause::Past => 3,
        }
    }

    fn of(code: u8) -> Option<ChangeCause> {
        let all = [ChangeCause::Fact, ChangeCause::Time, ChangeCause::Edit, ChangeCause::Past];
        all.into_iter().find(|cause| cause.code() == code)
    }
}

fn begin(frame: &FrameAt, kind: u8) -> Option<Unpack<'_>> {
    let mut rest = Unpack(&frame.payload);
    (frame.kind == kind && rest.u8()? == VERSION).then_some(rest)
}

fn push_segment(bytes: &mut Vec<u8>, segment: &TouchedSegment) {
    push_bytes(bytes, segment.id.as_bytes());
    push_u64(bytes, u64::from(segment.version));
}

fn read_segment(rest: &mut Unpack<'_>) -> Option<TouchedSegment> {
    let id = std::str::from_utf8(rest.bytes()?).ok()?.into();
    Some(TouchedSegment { id, version: u32::try_from(rest.u64()?).ok()? })
}
