//! Branches and offices behind a company's name.

/// How the name of a branch ends.
const ENDS: &[&str] = &[
    "支店",
    "営業所",
    "支社",
    "出張所",
    "事業所",
    "事業部",
    "工場",
    "本社",
    "本店",
    "支部",
    "支所",
    "オフィス",
    "センター",
    "研究所",
    "ショールーム",
    "営業部",
    "物流",
    "分室",
    "駐在所",
];

/// What stands before such an end when no blank tells where the company's name stops.
const PLACES: &[&str] = &[
    "北海道",
    "青森",
    "岩手",
    "宮城",
    "秋田",
    "山形",
    "福島",
    "茨城",
    "栃木",
    "群馬",
    "埼玉",
    "千葉",
    "東京",
    "神奈川",
    "新潟",
    "富山",
    "石川",
    "福井",
    "山梨",
    "長野",
    "岐阜",
    "静岡",
    "愛知",
    "三重",
    "滋賀",
    "京都",
    "大阪",
    "兵庫",
    "奈良",
    "和歌山",
    "鳥取",
    "島根",
    "岡山",
    "広島",
    "山口",
    "徳島",
    "香川",
    "愛媛",
    "高知",
    "福岡",
    "佐賀",
    "長崎",
    "熊本",
    "大分",
    "宮崎",
    "鹿児島",
    "沖縄",
    "札幌",
    "仙台",
    "さいたま",
    "大宮",
    "横浜",
    "川崎",
    "名古屋",
    "神戸",
    "堺",
    "北九州",
    "新宿",
    "渋谷",
    "品川",
    "池袋",
    "銀座",
    "日本橋",
    "丸の内",
    "梅田",
    "難波",
    "なんば",
    "博多",
    "天神",
    "小倉",
    "盛岡",
    "郡山",
    "水戸",
    "宇都宮",
    "前橋",
    "高崎",
    "金沢",
    "松本",
    "浜松",
    "豊橋",
    "岡崎",
    "津",
    "大津",
    "姫路",
    "松江",
    "米子",
    "倉敷",
    "福山",
    "下関",
    "高松",
    "松山",
    "久留米",
    "那覇",
    "函館",
    "旭川",
    "釧路",
    "帯広",
    "関東",
    "関西",
    "東北",
    "北陸",
    "東海",
    "中部",
    "近畿",
    "中国",
    "四国",
    "九州",
    "東日本",
    "西日本",
    "首都圏",
    "北関東",
    "南関東",
    "中央",
    "駅前",
    "第一",
    "第二",
    "第三",
    "東",
    "西",
    "南",
    "北",
    "城東",
    "城西",
    "城南",
    "城北",
    "湘南",
    "多摩",
    "立川",
    "八王子",
    "千住",
    "町田",
];

/// The name of a company and the branch behind (or before) it; the branch is empty when there is none.
pub(crate) fn split_site(text: &str) -> (String, String) {
    let text = text.trim();
    let none = || (text.to_owned(), String::new());
    let Some(end) = ENDS.iter().find(|end| text.ends_with(**end)) else { return none() };
    if let Some((front, last)) = text.rsplit_once(' ')
        && !front.trim().is_empty()
    {
        return (front.trim().to_owned(), last.to_owned());
    }
    let front = &text[..text.len() - end.len()];
    if matches!(*end, "本社" | "本店") && 2 <= front.chars().count() {
        return (front.to_owned(), (*end).to_owned());
    }
    let place = PLACES
        .iter()
        .filter(|place| front.len() > place.len() && front.ends_with(**place))
        .max_by_key(|place| place.len());
    // A legal form in front says that a name must be left over: 株式会社大阪支店 has none.
    match place.map(|place| &front[..front.len() - place.len()]) {
        Some(name) if 2 <= name.chars().count() && !name.ends_with("会社") => {
            (name.to_owned(), text[name.len()..].to_owned())
        }
        _ => none(),
    }
}

/// Whether this is the firm itself and no branch.
pub(crate) fn head_office(site: &str) -> bool {
    matches!(
        site.trim(),
        "" | "本社"
            | "本店"
            | "本部"
            | "東京本社"
            | "大阪本社"
            | "名古屋本社"
            | "head office"
            | "HQ"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_stand_behind_names_with_or_without_a_blank() {
        for (text, name, site) in [
            ("山田商事 大阪支店", "山田商事", "大阪支店"),
            ("山田商事(株)大阪支店", "山田商事(株)", "大阪支店"),
            ("山田商事北九州営業所", "山田商事", "北九州営業所"),
            ("山田商事本社", "山田商事", "本社"),
            ("株式会社大阪支店", "株式会社大阪支店", ""),
            ("山田工場", "山田工場", ""),
            ("山田商事", "山田商事", ""),
        ] {
            assert_eq!(split_site(text), (name.to_owned(), site.to_owned()), "{text}");
        }
    }
}
