//! Whole numbers in columns: each column has numbers of one width, the least that fits all of them.

/// Appends a number of eight bytes.
pub(crate) fn push_i64(bytes: &mut Vec<u8>, number: i64) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

/// Appends a number of four bytes.
pub(crate) fn push_u32(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

/// Takes a number of eight bytes off the front.
pub(crate) fn read_i64(bytes: &mut &[u8]) -> Option<i64> {
    let (number, rest) = bytes.split_first_chunk::<8>()?;
    *bytes = rest;
    Some(i64::from_le_bytes(*number))
}

/// Takes a number of four bytes off the front.
pub(crate) fn read_u32(bytes: &mut &[u8]) -> Option<u32> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*number))
}

/// Takes one byte off the front.
pub(crate) fn read_u8(bytes: &mut &[u8]) -> Option<u8> {
    let (number, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(*number)
}

/// Takes `length` bytes off the front.
pub(crate) fn take<'a>(bytes: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (piece, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(piece)
}

/// How many bytes the numbers of a column have: 1, 2, 4, 5 or 8.
pub(crate) fn width_of(greatest: u64) -> u8 {
    match greatest {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        0x1_0000..=0xffff_ffff => 4,
        0x1_0000_0000..=0xff_ffff_ffff => 5,
        _ => 8,
    }
}

/// Appends the width, then all numbers; numbers of five bytes as four low bytes each, then one high byte each.
pub(crate) fn push_column(bytes: &mut Vec<u8>, numbers: impl Iterator<Item = u64> + Clone) {
    let width = width_of(numbers.clone().max().unwrap_or(0));
    bytes.push(width);
    match width {
        1 => bytes.extend(numbers.map(|number| number as u8)),
        2 => numbers.for_each(|number| bytes.extend_from_slice(&(number as u16).to_le_bytes())),
        4 => numbers.for_each(|number| bytes.extend_from_slice(&(number as u32).to_le_bytes())),
        5 => {
            let high = numbers.clone().map(|number| (number >> 32) as u8);
            numbers.for_each(|number| bytes.extend_from_slice(&(number as u32).to_le_bytes()));
            bytes.extend(high);
        }
        _ => numbers.for_each(|number| bytes.extend_from_slice(&number.to_le_bytes())),
    }
}

/// Reads `n` numbers written by [`push_column`], each turned into something else: one loop for each width, so that the
/// compiler can do many numbers at once.
pub(crate) fn read_column<T>(
    bytes: &mut &[u8],
    n: usize,
    turn: impl Fn(u64) -> T,
) -> Option<Vec<T>> {
    Some(match read_u8(bytes)? {
        1 => take(bytes, n)?.iter().map(|byte| turn(u64::from(*byte))).collect(),
        2 => {
            let raw = take(bytes, n.checked_mul(2)?)?.as_chunks::<2>().0;
            raw.iter().map(|two| turn(u64::from(u16::from_le_bytes(*two)))).collect()
        }
        4 => {
            let raw = take(bytes, n.checked_mul(4)?)?.as_chunks::<4>().0;
            raw.iter().map(|four| turn(u64::from(u32::from_le_bytes(*four)))).collect()
        }
        5 => {
            let low = take(bytes, n.checked_mul(4)?)?.as_chunks::<4>().0;
            let high = take(bytes, n)?;
            let whole = |(low, high): (&[u8; 4], &u8)| {
                turn(u64::from(u32::from_le_bytes(*low)) | u64::from(*high) << 32)
            };
            low.iter().zip(high).map(whole).collect()
        }
        8 => {
            let raw = take(bytes, n.checked_mul(8)?)?.as_chunks::<8>().0;
            raw.iter().map(|eight| turn(u64::from_le_bytes(*eight))).collect()
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_width_come_back() {
        for top in
            [0, 1, 0xff, 0x100, 0xffff, 0x1_0000, 0xffff_ffff, 0x1_0000_0000, 1 << 40, u64::MAX]
        {
            let numbers = [0, top / 2, top];
            let mut bytes = vec![];
            push_column(&mut bytes, numbers.iter().copied());
            let mut rest = bytes.as_slice();
            let read = read_column(&mut rest, 3, |number| number).unwrap();
            assert_eq!(read, numbers);
            assert!(rest.is_empty());
            let mut cut = &bytes[..bytes.len() - 1];
            assert!(read_column(&mut cut, 3, |_| ()).is_none(), "a cut column is seen");
        }
    }
}
