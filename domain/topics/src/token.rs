//! Words of a text as whoever cuts it up hands them over. With a dictionary of Japanese they carry their plain form and
//! kind; without one each letter is a word, and everything is found by its letters alone.

/// A word of a normalised text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The first byte of the word.
    pub start: usize,
    /// The byte after the word.
    pub end: usize,
    /// The plain form: 「切り替え」 is 「切り替える」, `cancelled` is `cancel`.
    pub plain: Box<str>,
    /// What kind of word it is.
    pub kind: Kind,
}

/// Kinds of words, as far as finding topics asks for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 名詞 and what behaves like one.
    Noun,
    /// 数.
    Number,
    /// 動詞 that stands on its own, in a form that something must follow or that ends a clause: 「あり」.
    VerbOpen,
    /// 動詞 in any other form, and those that only help another one.
    Verb,
    /// 形容詞.
    Adjective,
    /// 副詞.
    Adverb,
    /// 接続詞.
    Conjunction,
    /// 接続助詞, which ties clauses: 「が」「ので」「て」.
    Joining,
    /// 格助詞 and other 助詞.
    Particle,
    /// 助動詞.
    Auxiliary,
    /// 接頭詞.
    Prefix,
    /// Marks.
    Mark,
    /// Anything else.
    Other,
    /// A single letter of a text that nobody could cut into words.
    Letter,
}

/// Cuts a normalised text into words.
pub trait Cut {
    /// The words in order; none overlaps another, and what lies between them is space.
    fn cut(&self, text: &str) -> Vec<Token>;
}

/// Cuts into letters: what is left to do without a dictionary.
#[derive(Debug, Clone, Copy, Default)]
pub struct Letters;

impl Cut for Letters {
    fn cut(&self, text: &str) -> Vec<Token> {
        let letters = text.char_indices().filter(|(_, letter)| !letter.is_whitespace());
        letters
            .map(|(start, letter)| Token {
                start,
                end: start + letter.len_utf8(),
                plain: letter.to_string().into(),
                kind: if is_mark(letter) { Kind::Mark } else { Kind::Letter },
            })
            .collect()
    }
}

pub(crate) fn is_mark(letter: char) -> bool {
    !letter.is_alphanumeric() && letter != 'ー'
}
