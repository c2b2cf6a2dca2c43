//! Numbers and texts packed into bytes: whole numbers in as few bytes as they need (LEB128, zigzag for signed ones),
//! texts with their length.

/// Appends a whole number (LEB128).
pub fn push_u64(bytes: &mut Vec<u8>, mut number: u64) {
    while 0x7f < number {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Appends a signed number (zigzag).
pub fn push_i64(bytes: &mut Vec<u8>, number: i64) {
    push_u64(bytes, ((number << 1) ^ (number >> 63)) as u64);
}

/// Appends bytes after their length.
pub fn push_bytes(bytes: &mut Vec<u8>, piece: &[u8]) {
    push_u64(bytes, piece.len() as u64);
    bytes.extend_from_slice(piece);
}

/// Appends nothing or something: the length plus one, then the bytes.
pub fn push_optional(bytes: &mut Vec<u8>, piece: Option<&[u8]>) {
    match piece {
        None => push_u64(bytes, 0),
        Some(piece) => {
            push_u64(bytes, piece.len() as u64 + 1);
            bytes.extend_from_slice(piece);
        }
    }
}

/// Reads a whole number.
pub(crate) fn read(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

pub(crate) fn read_signed(bytes: &mut &[u8]) -> Option<i64> {
    read(bytes).map(|number| (number >> 1) as i64 ^ -((number & 1) as i64))
}

pub(crate) fn read_bytes<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::try_from(read(bytes)?).ok()?;
    let (piece, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(piece)
}

/// Reads what was packed; every call gives `None` when the bytes are not what was written.
#[derive(Clone, Copy)]
pub struct Unpack<'a>(
    /// What is yet to be read.
    pub &'a [u8],
);

impl<'a> Unpack<'a> {
    /// Whether all was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One byte.
    pub fn u8(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    /// A whole number.
    pub fn u64(&mut self) -> Option<u64> {
        read(&mut self.0)
    }

    /// A whole number below 2^32.
    pub fn u32(&mut self) -> Option<u32> {
        self.u64()?.try_into().ok()
    }

    /// A whole number that counts something in memory.
    pub fn usize(&mut self) -> Option<usize> {
        self.u64()?.try_into().ok()
    }

    /// A signed number.
    pub fn i64(&mut self) -> Option<i64> {
        read_signed(&mut self.0)
    }

    /// So many bytes.
    pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (piece, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(piece)
    }

    /// Bytes after their length.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        read_bytes(&mut self.0)
    }

    /// A text.
    pub fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    /// A text, or that there is none.
    pub fn optional_text(&mut self) -> Option<Option<&'a str>> {
        match self.usize()?.checked_sub(1) {
            None => Some(None),
            Some(length) => std::str::from_utf8(self.take(length)?).ok().map(Some),
        }
    }
}
