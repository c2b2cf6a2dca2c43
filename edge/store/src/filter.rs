//! Says of most ids that a run does not have them, without a look at its pages: nearly every id that comes in is new.
//!
//! A split block Bloom filter: eight bits of one block of 256, so that one line of memory is looked at. Putze, Sanders and
//! Singler, *Cache-, Hash- and Space-Efficient Bloom Filters*, 2007; the form is that of Apache Parquet
//! (<https://parquet.apache.org/docs/file-format/bloomfilter/>). Of those a run does not have it lets about one in a
//! hundred pass.

/// Which ids may be there.
pub(crate) struct IdFilter {
    blocks: Vec<Block>,
}

type Block = [u32; 8];

/// Odd numbers that spread one number over eight places.
const SALT: Block = [
    0x47b6_137b,
    0x4497_4d91,
    0x8824_ad5b,
    0xa2b7_289d,
    0x7054_95c7,
    0x2df1_424b,
    0x9efc_4947,
    0x5c6b_fb31,
];
const BITS_EACH: usize = 10;
const BLOCK_BYTES: usize = size_of::<Block>();

impl IdFilter {
    /// For at most so many ids.
    pub(crate) fn of(n: usize) -> IdFilter {
        IdFilter { blocks: vec![[0; 8]; IdFilter::blocks(n)] }
    }

    /// How many bytes one for so many ids takes.
    pub(crate) fn bytes(n: usize) -> usize {
        IdFilter::blocks(n) * BLOCK_BYTES
    }

    fn blocks(n: usize) -> usize {
        n.saturating_mul(BITS_EACH).div_ceil(8 * BLOCK_BYTES).max(1)
    }

    pub(crate) fn add(&mut self, hash: u128) {
        let (place, bits) = self.place(hash);
        for (word, bit) in self.blocks[place].iter_mut().zip(bits) {
            *word |= bit;
        }
    }

    /// False when it is not there.
    pub(crate) fn may_have(&self, hash: u128) -> bool {
        let (place, bits) = self.place(hash);
        self.blocks[place].iter().zip(bits).all(|(word, bit)| word & bit != 0)
    }

    /// Pages are found by the upper half of a hash; this looks at the lower one, so that neighbours are spread.
    fn place(&self, hash: u128) -> (usize, Block) {
        let (low, high) = (hash as u32, (hash >> 32) as u32);
        let place = (u64::from(high) * self.blocks.len() as u64) >> 32;
        (place as usize, SALT.map(|salt| 1 << (low.wrapping_mul(salt) >> 27)))
    }

    pub(crate) fn pack(&self) -> Vec<u8> {
        self.blocks.iter().flatten().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// None when the bytes are not what was packed.
    pub(crate) fn unpack(bytes: &[u8]) -> Option<IdFilter> {
        let (blocks, rest) = bytes.as_chunks::<BLOCK_BYTES>();
        if blocks.is_empty() || !rest.is_empty() {
            return None;
        }
        let word = |block: &[u8; BLOCK_BYTES], n: usize| {
            let bytes = block[4 * n..].first_chunk().copied().unwrap_or_default();
            u32::from_le_bytes(bytes)
        };
        let read = |block| std::array::from_fn(|n| word(block, n));
        Some(IdFilter { blocks: blocks.iter().map(read).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_may_be_there_and_little_else() {
        let hash = |n: u32| xxhash_rust::xxh3::xxh3_128(&n.to_le_bytes());
        let mut filter = IdFilter::of(20_000);
        (0..20_000).for_each(|n| filter.add(hash(n)));
        let packed = filter.pack();
        assert_eq!(packed.len(), IdFilter::bytes(20_000));
        let filter = IdFilter::unpack(&packed).unwrap();
        assert!((0..20_000).all(|n| filter.may_have(hash(n))));
        let passed = (20_000..120_000).filter(|n| filter.may_have(hash(*n))).count();
        assert!(passed < 2_000, "{passed} of 100,000 pass");
        assert!(IdFilter::unpack(&packed[1..]).is_none() && IdFilter::unpack(&[]).is_none());
    }
}
