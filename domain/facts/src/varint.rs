//! Whole numbers in as few bytes as they need (LEB128, zigzag for signed ones), and pieces with their length.

pub(crate) fn push(bytes: &mut Vec<u8>, mut number: u64) {
    while 0x7f < number {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

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

pub(crate) fn push_signed(bytes: &mut Vec<u8>, number: i64) {
    push(bytes, ((number << 1) ^ (number >> 63)) as u64);
}

pub(crate) fn read_signed(bytes: &mut &[u8]) -> Option<i64> {
    read(bytes).map(|number| (number >> 1) as i64 ^ -((number & 1) as i64))
}

pub(crate) fn push_bytes(bytes: &mut Vec<u8>, piece: &[u8]) {
    push(bytes, piece.len() as u64);
    bytes.extend_from_slice(piece);
}

pub(crate) fn read_bytes<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::try_from(read(bytes)?).ok()?;
    let (piece, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(piece)
}
