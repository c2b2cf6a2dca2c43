//! Numbers and texts packed into bytes: whole numbers in as few bytes as they need, texts with their length.

/// Appends a whole number (LEB128).
pub(crate) fn push_u64(bytes: &mut Vec<u8>, mut number: u64) {
    while 0x7f < number {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Appends a signed number (zigzag).
pub(crate) fn push_i64(bytes: &mut Vec<u8>, number: i64) {
    push_u64(bytes, ((number << 1) ^ (number >> 63)) as u64);
}

/// Appends bytes after their length.
pub(crate) fn push_bytes(bytes: &mut Vec<u8>, piece: &[u8]) {
    push_u64(bytes, piece.len() as u64);
    bytes.extend_from_slice(piece);
}

/// Appends nothing or something: the length plus one, then the bytes.
pub(crate) fn push_optional(bytes: &mut Vec<u8>, piece: Option<&[u8]>) {
    match piece {
        None => push_u64(bytes, 0),
        Some(piece) => {
            push_u64(bytes, piece.len() as u64 + 1);
            bytes.extend_from_slice(piece);
        }
    }
}

/// Reads what was packed; every call gives `None` when the bytes are not what was written.
#[derive(Clone, Copy)]
pub(crate) struct Unpack<'a>(pub(crate) &'a [u8]);

impl<'a> Unpack<'a> {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn u8(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    pub(crate) fn u64(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.u8()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.u64()?.try_into().ok()
    }

    pub(crate) fn usize(&mut self) -> Option<usize> {
        self.u64()?.try_into().ok()
    }

    pub(crate) fn i64(&mut self) -> Option<i64> {
        self.u64().map(|number| (number >> 1) as i64 ^ -((number & 1) as i64))
    }

    pub(crate) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (piece, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(piece)
    }

    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.usize()?;
        self.take(length)
    }

    pub(crate) fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    pub(crate) fn optional_text(&mut self) -> Option<Option<&'a str>> {
        match self.usize()?.checked_sub(1) {
            None => Some(None),
            Some(length) => std::str::from_utf8(self.take(length)?).ok().map(Some),
        }
    }
}
