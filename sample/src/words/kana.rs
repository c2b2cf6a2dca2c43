//! From katakana to the letters of a mail address.

/// Pairs of katakana and letters, longer ones first.
const LETTERS: &str = "
キャ/kya キュ/kyu キョ/kyo シャ/sha シュ/shu ショ/sho チャ/cha チュ/chu チョ/cho ニャ/nya ニュ/nyu ニョ/nyo
ヒャ/hya ヒュ/hyu ヒョ/hyo ミャ/mya ミュ/myu ミョ/myo リャ/rya リュ/ryu リョ/ryo ギャ/gya ギュ/gyu ギョ/gyo
ジャ/ja ジュ/ju ジョ/jo ビャ/bya ビュ/byu ビョ/byo ピャ/pya ピュ/pyu ピョ/pyo フィ/fi フォ/fo ティ/ti ヴァ/va
ア/a イ/i ウ/u エ/e オ/o カ/ka キ/ki ク/ku ケ/ke コ/ko サ/sa シ/shi ス/su セ/se ソ/so タ/ta チ/chi ツ/tsu テ/te ト/to
ナ/na ニ/ni ヌ/nu ネ/ne ノ/no ハ/ha ヒ/hi フ/fu ヘ/he ホ/ho マ/ma ミ/mi ム/mu メ/me モ/mo ヤ/ya ユ/yu ヨ/yo
ラ/ra リ/ri ル/ru レ/re ロ/ro ワ/wa ヲ/o ン/n ガ/ga ギ/gi グ/gu ゲ/ge ゴ/go ザ/za ジ/ji ズ/zu ゼ/ze ゾ/zo
ダ/da ヂ/ji ヅ/zu デ/de ド/do バ/ba ビ/bi ブ/bu ベ/be ボ/bo パ/pa ピ/pi プ/pu ペ/pe ポ/po
";

/// The reading in letters; what is no katakana is left out. A small ツ doubles the letter after it.
pub(crate) fn letters(kana: &str) -> String {
    let table = super::pairs(LETTERS);
    let mut written = String::new();
    let mut doubled = false;
    let mut rest = kana;
    while let Some(first) = rest.chars().next() {
        match table.iter().find(|(kana, _)| rest.starts_with(kana)) {
            Some((kana, letters)) => {
                if doubled {
                    written.extend(letters.chars().take(1));
                }
                doubled = false;
                written.push_str(letters);
                rest = &rest[kana.len()..];
            }
            None => {
                doubled = first == 'ッ';
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn readings_become_letters() {
        assert_eq!(letters("ハットリ"), "hattori");
        assert_eq!(letters("ショウジ リョウコ"), "shoujiryouko");
        assert_eq!(letters("クリニック"), "kurinikku");
    }
}
