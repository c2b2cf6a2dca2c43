//! Cuts Japanese into words with IPADIC, which lies beside this crate as one file (`dictionary/`, with its licence), is
//! carried inside the program, and is unpacked in memory when the first report is read. Nothing is fetched or written.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use lindera::{mode::Mode, segmenter::Segmenter};
use lindera_dictionary::dictionary::{
    Dictionary, character_definition::CharacterDefinition,
    connection_cost_matrix::ConnectionCostMatrix, metadata::Metadata,
    prefix_dictionary::PrefixDictionary, unknown_dictionary::UnknownDictionary,
};
use topics::{Cut, Kind, Token};

/// mecab-ipadic 2.7.0 as lindera 6.2 builds it: a tar file under zstd.
const ARCHIVE: &[u8] = include_bytes!("../dictionary/ipadic.tar.zst");
/// The dictionary says about 47 MB; more than this is not it.
const UNPACKED_MOST: usize = 256 << 20;

/// Why the dictionary cannot be used. Without it topics are still found, by letters.
#[derive(Debug, thiserror::Error)]
#[error("the dictionary of Japanese words cannot be read: {0}; topics are found by letters alone")]
pub struct Unusable(String);

/// The dictionary, ready to cut texts. Cheap to share behind an `Arc`.
pub struct Words {
    segmenter: Segmenter,
}

impl Words {
    /// Unpacks the dictionary that came with the program: some tenths of a second, once.
    pub fn unpack() -> Result<Words, Unusable> {
        Words::of_archive(ARCHIVE)
    }

    /// Unpacks another dictionary of the same make.
    pub fn of_archive(archive: &[u8]) -> Result<Words, Unusable> {
        let files = files_of(&unpacked(archive)?)?;
        let dictionary = dictionary(files).map_err(|why| Unusable(why.to_string()))?;
        Ok(Words { segmenter: Segmenter::new(Mode::Normal, dictionary, None) })
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Words")
    }
}

impl Cut for Words {
    fn cut(&self, text: &str) -> Vec<Token> {
        let Ok(tokens) = self.segmenter.segment(Cow::Borrowed(text)) else {
            return topics::Letters.cut(text);
        };
        tokens.into_iter().map(|mut token| word(&mut token)).collect()
    }
}

fn word(token: &mut lindera::token::Token<'_>) -> Token {
    let (start, end) = (token.byte_start, token.byte_end);
    let surface = token.surface.clone().into_owned();
    let details = token.details();
    // 品詞, three finer kinds, 活用型, 活用形, 原形, 読み, 発音; unknown words have fewer.
    let detail = |at: usize| details.get(at).copied().unwrap_or("*");
    let kind = kind_of(detail(0), detail(1), detail(5), &surface);
    let plain = match detail(6) {
        "*" | "" => surface.into(),
        plain => plain.into(),
    };
    Token { start, end, plain, kind }
}

fn kind_of(class: &str, finer: &str, form: &str, surface: &str) -> Kind {
    let is_mark = surface.chars().all(|letter| !letter.is_alphanumeric() && letter != 'ー');
    match (class, finer) {
        _ if is_mark => Kind::Mark,
        ("名詞", "数") => Kind::Number,
        ("名詞", _) => Kind::Noun,
        ("動詞", "自立") if form == "連用形" => Kind::VerbOpen,
        ("動詞", _) => Kind::Verb,
        ("形容詞", _) => Kind::Adjective,
        ("副詞", _) => Kind::Adverb,
        ("接続詞", _) => Kind::Conjunction,
        ("助詞", "接続助詞") => Kind::Joining,
        ("助詞", _) => Kind::Particle,
        ("助動詞", _) => Kind::Auxiliary,
        ("接頭詞", _) => Kind::Prefix,
        ("記号", _) => Kind::Mark,
        _ => Kind::Other,
    }
}

fn unpacked(archive: &[u8]) -> Result<Vec<u8>, Unusable> {
    use std::io::Read;
    let wrong = |why: std::io::Error| Unusable(why.to_string());
    let reader = zstd::Decoder::new(archive).map_err(wrong)?;
    let mut bytes = Vec::with_capacity(48 << 20);
    reader.take(UNPACKED_MOST as u64).read_to_end(&mut bytes).map_err(wrong)?;
    Ok(bytes)
}

/// The plain files of a tar archive by their last name. A header of 512 bytes holds the name in its first 100 and the
/// size, in octal, at 124 (POSIX.1-1988 `ustar`); contents are filled up to 512.
fn files_of(tar: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, Unusable> {
    const BLOCK: usize = 512;
    let broken = || Unusable("the archive is cut off".to_owned());
    let mut files = BTreeMap::new();
    let mut at = 0;
    while let Some(header) = tar.get(at..at + BLOCK) {
        let name = text_of(&header[..100]);
        if name.is_empty() {
            break;
        }
        let size = usize::from_str_radix(text_of(&header[124..136]).trim(), 8);
        let size = size.map_err(|_| broken())?;
        let contents =
            at.checked_add(BLOCK).and_then(|begin| Some(begin..begin.checked_add(size)?));
        let contents = contents.and_then(|place| tar.get(place)).ok_or_else(broken)?;
        let last = name.rsplit('/').next().unwrap_or_default();
        files.insert(last.to_owned(), contents.to_vec());
        at += BLOCK + size.next_multiple_of(BLOCK);
    }
    Ok(files)
}

fn text_of(field: &[u8]) -> String {
    let until = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..until]).into_owned()
}

fn dictionary(
    mut files: BTreeMap<String, Vec<u8>>,
) -> Result<Dictionary, Box<dyn std::error::Error>> {
    let mut file = |name: &str| files.remove(name).ok_or_else(|| format!("`{name}` is missing"));
    let metadata = Metadata::load(&file("metadata.json")?)?;
    metadata.validate_format_version()?;
    Ok(Dictionary {
        prefix_dictionary: Arc::new(PrefixDictionary::load(
            file("dict.trie")?,
            file("dict.valsidx")?,
            file("dict.vals")?,
            file("dict.wordsidx")?,
            file("dict.words")?,
        )?),
        connection_cost_matrix: Arc::new(ConnectionCostMatrix::load(file("matrix.mtx")?)?),
        character_definition: Arc::new(CharacterDefinition::load(&file("char_def.bin")?)?),
        unknown_dictionary: Arc::new(UnknownDictionary::load(&file("unk.bin")?)?),
        metadata: Arc::new(metadata),
    })
}
