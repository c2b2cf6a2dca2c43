//! Which encoding a text file has, and its characters as UTF-8, piece by piece.

use std::{
    io::{self, Read},
    sync::{Arc, atomic::AtomicU64},
};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Decoder;

use super::{Encoding, records::Feed};
use crate::{EncodingCandidate, Source, Unreadable, source::Opened};

/// How much of a file's beginning is looked at.
const HEAD: usize = 256 << 10;
/// How far we look for the first character that is not ASCII.
const FAR: usize = 64 << 20;
const PIECE: usize = 64 << 10;

impl Encoding {
    /// All encodings, those of Japan first.
    pub const ALL: [Encoding; 7] = [
        Encoding::Utf8,
        Encoding::Cp932,
        Encoding::EucJp,
        Encoding::Iso2022Jp,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Windows1252,
    ];

    /// Its name in the API.
    pub fn id(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Cp932 => "CP932",
            Encoding::EucJp => "EUC-JP",
            Encoding::Iso2022Jp => "ISO-2022-JP",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Windows1252 => "Windows-1252",
        }
    }

    /// The encoding of this name; capitals do not count, `Shift_JIS` means CP932.
    pub fn parse(id: &str) -> Option<Encoding> {
        if ["shift_jis", "sjis", "ms932", "windows-31j"].contains(&id.to_lowercase().as_str()) {
            return Some(Encoding::Cp932);
        }
        Encoding::ALL.into_iter().find(|encoding| encoding.id().eq_ignore_ascii_case(id))
    }

    fn standard(self) -> &'static encoding_rs::Encoding {
        match self {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Cp932 => encoding_rs::SHIFT_JIS,
            Encoding::EucJp => encoding_rs::EUC_JP,
            Encoding::Iso2022Jp => encoding_rs::ISO_2022_JP,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Windows1252 => encoding_rs::WINDOWS_1252,
        }
    }

    /// Decodes a piece that may be cut off in the middle of a character; tells whether characters were lost.
    fn decode(self, bytes: &[u8]) -> (String, bool) {
        let mut decoder = self.standard().new_decoder_with_bom_removal();
        let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3 + 16);
        let mut text = String::with_capacity(room);
        let (_, _, lost) = decoder.decode_to_string(bytes, &mut text, false);
        (text, lost)
    }
}

/// The beginning of a text file, and the piece of it by which its encoding is told.
pub(crate) struct Head {
    bytes: Vec<u8>,
    /// A later piece, when the beginning is plain ASCII.
    later: Vec<u8>,
    /// Whether the file goes on after `bytes`.
    pub(crate) cut: bool,
}

impl Head {
    /// Reads the beginning of a file.
    pub(crate) fn read(source: &Source) -> Result<Head, Unreadable> {
        let mut opened = source.open(Arc::new(AtomicU64::new(0)))?;
        let bytes = piece(&mut opened, HEAD).map_err(|error| source.disk(error))?;
        let cut = bytes.len() == HEAD;
        let mut later = Vec::new();
        let mut passed = bytes.len();
        if bytes.iter().all(tells_nothing) {
            while cut && passed < FAR {
                let next = piece(&mut opened, HEAD).map_err(|error| source.disk(error))?;
                if next.is_empty() {
                    break;
                }
                passed += next.len();
                if let Some(first) = next.iter().position(|byte| !tells_nothing(byte)) {
                    later = next[line_before(&next, first)..].to_vec();
                    break;
                }
            }
        }
        Ok(Head { bytes, later, cut })
    }

    /// The bytes themselves.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The text of the beginning.
    pub(crate) fn text(&self, encoding: Encoding) -> String {
        encoding.decode(&self.bytes).0
    }

    /// The likeliest encoding.
    pub(crate) fn encoding(&self) -> Encoding {
        let telling = if self.later.is_empty() { &self.bytes } else { &self.later };
        by_mark(&self.bytes)
            .or_else(|| by_zeros(&self.bytes))
            .unwrap_or_else(|| by_letters(telling))
    }

    /// The encodings a person may choose from, the given one first.
    pub(crate) fn candidates(&self, chosen: Encoding) -> Vec<EncodingCandidate> {
        let telling = if self.later.is_empty() { &self.bytes } else { &self.later };
        let telling = &telling[..telling.len().min(PIECE)];
        let likely = |encoding: &Encoding| match encoding {
            Encoding::Utf8 | Encoding::Cp932 | Encoding::EucJp => true,
            Encoding::Iso2022Jp => telling.contains(&0x1b),
            Encoding::Utf16Le | Encoding::Utf16Be => telling.contains(&0),
            Encoding::Windows1252 => false,
        };
        let mut candidates: Vec<EncodingCandidate> = Encoding::ALL
            .into_iter()
            .filter(|encoding| *encoding == chosen || likely(encoding))
            .map(|encoding| {
                let (text, broken) = encoding.decode(telling);
                let lines = text
                    .lines()
                    .filter(|line| !line.is_ascii())
                    .map(|line| line.chars().take(120).collect())
                    .take(3)
                    .collect();
                EncodingCandidate { encoding, lines, broken }
            })
            .collect();
        candidates.sort_by_key(|candidate| (candidate.encoding != chosen, candidate.broken));
        candidates
    }
}

fn tells_nothing(byte: &u8) -> bool {
    byte.is_ascii() && *byte != 0x1b && *byte != 0
}

fn line_before(bytes: &[u8], place: usize) -> usize {
    bytes[..place].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1)
}

fn piece(opened: &mut Opened, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    opened.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn by_mark(bytes: &[u8]) -> Option<Encoding> {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => Some(Encoding::Utf8),
        [0xff, 0xfe, ..] => Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// UTF-16 without a mark shows as zero bytes that all stand on one side of the pairs. A stray zero byte in other
/// text is told apart by the line ends.
fn by_zeros(bytes: &[u8]) -> Option<Encoding> {
    let pairs = || bytes[..bytes.len().min(8 << 10)].chunks_exact(2);
    let n = pairs().len();
    let high = pairs().filter(|pair| pair[0] == 0 && pair[1] != 0).count();
    let low = pairs().filter(|pair| pair[1] == 0 && pair[0] != 0).count();
    let is = |zeros: usize, others: usize, line_end: [u8; 2]| {
        let breaks = pairs().any(|pair| pair == line_end);
        10 * others < zeros && (2 * n < 5 * zeros || (breaks && n < 50 * zeros))
    };
    if is(low, high, [b'\n', 0]) {
        Some(Encoding::Utf16Le)
    } else if is(high, low, [0, b'\n']) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

fn by_letters(bytes: &[u8]) -> Encoding {
    // A piece may end in the middle of a character, which does not speak against UTF-8.
    let whole = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    if whole && !bytes.contains(&0x1b) {
        return Encoding::Utf8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    // The hint is needed: a few characters of CP932 alone are taken for western text.
    let guess = detector.guess(Some(b"jp"), Utf8Detection::Allow);
    if let Some(known) = Encoding::ALL.into_iter().find(|known| known.standard() == guess)
        && known != Encoding::Windows1252
    {
        return known;
    }
    let whole = |encoding: &Encoding| !encoding.decode(bytes).1;
    [Encoding::Cp932, Encoding::EucJp].into_iter().find(whole).unwrap_or(Encoding::Windows1252)
}

/// A file's characters, piece by piece.
pub(crate) struct Decoding {
    opened: Opened,
    decoder: Decoder,
    piece: Vec<u8>,
}

impl Decoding {
    pub(crate) fn new(opened: Opened, encoding: Encoding) -> Decoding {
        let decoder = encoding.standard().new_decoder_with_bom_removal();
        Decoding { opened, decoder, piece: vec![0; PIECE] }
    }
}

impl Feed for Decoding {
    fn more(&mut self, text: &mut String) -> io::Result<bool> {
        let n = loop {
            match self.opened.read(&mut self.piece) {
                Ok(n) => break n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
        };
        text.reserve(self.decoder.max_utf8_buffer_length(n).unwrap_or(3 * n + 16));
        // The room is enough by the decoder's own word, so nothing is left over.
        let _ = self.decoder.decode_to_string(&self.piece[..n], text, n == 0);
        Ok(n != 0)
    }
}
