//! Names and addresses with known answers, and what holds of any text.

use proptest::prelude::*;

use kizashi_cleansing::{
    Side, address, address_key, area, company, company_in_kana, kana_key, name_key, one_line, usual,
};

#[test]
fn text_in_one_width_keeps_what_is_written_on_purpose() {
    for (given, expected) in [
        ("㈱①髙～ｱｲｳ", "(株)1髙〜アイウ"),
        ("ﾊﾟﾋﾟｶﾞ", "パピガ"),
        ("か\u{3099}は\u{309a}", "がぱ"),
        ("\u{fa19}﨑葛󠄀", "\u{fa19}﨑葛󠄀"),
        ("㋿７年　㎡\u{200b}", "令和7年 m2"),
        ("　ＡＢＣ　", "ABC"),
    ] {
        assert_eq!(usual(given), expected, "`{given}`");
        assert_eq!(usual(&usual(given)), expected, "again");
    }
    assert_eq!(one_line("山田　 太郎\n"), "山田 太郎");
}

#[test]
fn companies_are_taken_apart() {
    for (given, core, form, side, site) in [
        ("(株)山田製作所", "山田製作所", "株式会社", Side::Before, ""),
        ("株式会社 山田製作所", "山田製作所", "株式会社", Side::Before, ""),
        ("山田製作所(株)", "山田製作所", "株式会社", Side::Behind, ""),
        ("(有)鈴木商店", "鈴木商店", "有限会社", Side::Before, ""),
        ("合同会社テスト", "テスト", "合同会社", Side::Before, ""),
        ("山田商事株式会社 大阪支店", "山田商事", "株式会社", Side::Behind, "大阪支店"),
        ("医療法人社団青葉会", "青葉会", "医療法人社団", Side::Before, ""),
        ("Acme Co., Ltd.", "Acme", "Co., Ltd.", Side::Behind, ""),
        ("Acme, Inc.", "Acme", "Inc.", Side::Behind, ""),
    ] {
        let found = company(given);
        assert_eq!(
            (found.core.as_str(), found.form, found.site.as_str()),
            (core, Some((form, side)), site),
            "`{given}`"
        );
    }
    for plain in ["山田製作所", "株主総会支援", "Princeton"] {
        assert_eq!(company(plain).form, None, "`{plain}`");
    }
    assert_eq!(company_in_kana("カ)ヤマダ").core, "ヤマダ");
    assert_eq!(company_in_kana("ヤマダ(カ").form, Some(("株式会社", Side::Behind)));
    assert_eq!(company_in_kana("カトウ").form, None);
}

#[test]
fn keys_fold_what_families_write_differently() {
    for same in [
        ["髙橋", "高橋"],
        ["渡邊 一", "渡辺一"],
        ["齋藤", "斉藤"],
        ["葛󠄀城", "葛城"],
        ["Ａbc", "aBC"],
    ] {
        assert_eq!(name_key(same[0]), name_key(same[1]), "{same:?}");
        assert_eq!(name_key(&name_key(same[0])), name_key(same[0]));
    }
    assert_eq!(kana_key("やまだ セイサクショ"), "ヤマダセイサクシヨ");
}

#[test]
fn postal_codes_stand_for_places() {
    let place =
        |code| area(code).map(|area| format!("{}{}{}", area.prefecture, area.city, area.town));
    assert_eq!(place("100-0001").as_deref(), Some("東京都千代田区千代田"));
    assert_eq!(place("1000005").as_deref(), Some("東京都千代田区丸の内"));
    assert_eq!(place("060-0000").as_deref(), Some("北海道札幌市中央区"));
    assert_eq!(place("498-0000"), None, "the district lies in two prefectures");
    assert_eq!(place("999-9999"), None);
    assert_eq!(place("100-00"), None);
    assert_eq!(place("日本語です"), None);
}

#[test]
fn addresses_are_taken_apart() {
    for (given, prefecture, city, town, number, rest) in [
        ("東京都千代田区丸の内1丁目1番1号", "東京都", "千代田区", "丸の内", "1-1-1", ""),
        ("千代田区丸ノ内一丁目1-1", "東京都", "千代田区", "丸ノ内", "1-1-1", ""),
        (
            "〒100-0005 千代田区丸の内1-1-1 丸ビル3F",
            "東京都",
            "千代田区",
            "丸の内",
            "1-1-1",
            "丸ビル3F",
        ),
        (
            "三重県桑名郡木曽岬町大字和泉123番地4",
            "三重県",
            "桑名郡木曽岬町",
            "大字和泉",
            "123-4",
            "",
        ),
        ("三重県木曽岬町和泉1", "三重県", "桑名郡木曽岬町", "和泉", "1", ""),
        (
            "京都市中京区寺町通御池上る上本能寺前町488",
            "京都府",
            "京都市中京区",
            "寺町通御池上る上本能寺前町",
            "488",
            "",
        ),
        ("千葉県市川市八幡1-1-1", "千葉県", "市川市", "八幡", "1-1-1", ""),
        ("茨城県龍ヶ崎市3710", "茨城県", "龍ケ崎市", "", "3710", ""),
        ("埼玉県浦和市高砂3-15-1", "埼玉県", "浦和市", "高砂", "3-15-1", ""),
        ("港区三田二丁目15番45号", "東京都", "", "", "", ""),
        ("福島県郡山市朝日1丁目23-7", "福島県", "郡山市", "朝日", "1-23-7", ""),
        ("府中市宮西町2-24", "", "府中市", "宮西町", "2-24", ""),
    ] {
        let found = address(given, None);
        if given.starts_with("港区") {
            // There is a 港区 in several cities, but only 東京都 has one that stands alone.
            assert_eq!(
                (found.city.as_str(), found.town.as_str(), found.number.as_str()),
                ("港区", "三田", "2-15-45")
            );
            continue;
        }
        assert_eq!(
            (
                found.prefecture.as_str(),
                found.city.as_str(),
                found.town.as_str(),
                found.number.as_str(),
                found.rest.as_str()
            ),
            (prefecture, city, town, number, rest),
            "`{given}`"
        );
    }
    let key = |text| {
        let found = address(text, None);
        address_key(&found.town, &found.number)
    };
    assert_eq!(key("千代田区丸の内1丁目1番1号"), "丸の内|1-1-1");
    assert_eq!(key("丸ノ内一丁目1-1"), "丸の内|1-1-1");
}

proptest! {
    #[test]
    fn nothing_is_lost_and_keys_are_their_own_keys(text in "[株式会社()有限カユ東京都千代田区丸の内北海道札幌市丁目番地号〒ノヶ一二三十百0-9 \\-a-zA-Zア-ンあ-ん髙﨑\u{e0100}]{0,40}") {
        let found = address(&text, None);
        let mut left: String = text.trim().chars().filter(|c| !c.is_whitespace()).collect();
        // Every character that is no number, mark or municipality stands in some part.
        for part in [&found.town, &found.rest] {
            for c in part.chars().filter(|c| !c.is_whitespace()) {
                prop_assert!(left.contains(c), "`{c}` of `{part}` is not in `{text}`");
            }
        }
        left.clear();
        let core = company(&text).core;
        prop_assert!(text.contains(core.as_str()));
        for key in [name_key(&text), kana_key(&text)] {
            prop_assert_eq!(name_key(&name_key(&key)), name_key(&key));
            prop_assert_eq!(kana_key(&kana_key(&key)), kana_key(&key));
        }
        prop_assert_eq!(usual(&usual(&text)), usual(&text));
        let _ = (company_in_kana(&text), area(&text), address_key(&found.town, &found.number));
    }

    #[test]
    fn any_text_at_all(text in "\\PC{0,60}") {
        let _ = (address(&text, Some(&text)), company(&text), company_in_kana(&text), one_line(&text), area(&text));
        prop_assert_eq!(usual(&usual(&text)), usual(&text));
    }
}

/// The form of Unicode itself, whatever stands beside what: of each character alone, behind and before others.
#[test]
fn the_short_way_to_nfkc_is_nfkc() {
    use unicode_normalization::UnicodeNormalization;
    let mut changed = 0;
    for c in (0..=0x0002_ffff).filter_map(char::from_u32) {
        for text in
            [format!("{c}"), format!("か{c}漢Ａ"), format!("ｶ{c}ﾞ"), format!("Ａ{c}\u{3099}")]
        {
            let whole: String = text.nfkc().collect();
            assert_eq!(kizashi_cleansing::nfkc(&text), whole, "{text:?}");
            changed += usize::from(whole != text);
        }
    }
    assert!(100_000 < changed);
}

proptest! {
    #[test]
    fn the_short_way_to_nfkc_holds_for_any_text(text in "[ -~か-げハヒﾊ-ﾟ\u{3099}\u{309a}\u{300}\u{301}Ａ-ｚ１～㈱①漢髙神가ᄀ-따-ᅤ\u{11a8}〒　\u{fe0f}½]{0,24}") {
        use unicode_normalization::UnicodeNormalization;
        prop_assert_eq!(kizashi_cleansing::nfkc(&text).into_owned(), text.nfkc().collect::<String>());
    }
}
