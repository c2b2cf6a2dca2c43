//! Which place a Japanese postal code stands for, and the municipalities there are.

use std::sync::OnceLock;

/// One line a code, in the order of the codes: the digits, the place of the municipality in [`CITIES`], the town.
static CODES: &str = include_str!("../data/postal.txt");
/// One line a municipality: prefecture and name.
const CITIES: &str = include_str!("../data/cities.txt");

/// The prefectures, from north to south.
pub const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

/// A place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Area {
    /// 東京都.
    pub prefecture: &'static str,
    /// 千代田区, 札幌市北区, 桑名郡木曽岬町.
    pub city: &'static str,
    /// 丸の内; empty when the code stands for more than one town.
    pub town: &'static str,
}

/// A municipality: its prefecture and its name.
pub(crate) type City = (&'static str, &'static str);

/// All municipalities.
pub(crate) fn cities() -> &'static [City] {
    static READ: OnceLock<Vec<City>> = OnceLock::new();
    READ.get_or_init(|| CITIES.lines().filter_map(|line| line.split_once('\t')).collect())
}

/// The prefecture an address begins with.
pub fn prefecture_of(address: &str) -> Option<&'static str> {
    let address = address.trim_start();
    PREFECTURES.into_iter().find(|name| address.starts_with(name))
}

/// The place of a code, with or without its hyphen. None for codes there are not, and for codes that stand for places
/// in two prefectures: those of a whole post office whose district crosses the border (498-0000).
pub fn area(code: &str) -> Option<Area> {
    let digits: String = code.chars().filter(|c| *c != '-').collect();
    if digits.len() != 7 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (city, town) = found(&digits)?;
    let (prefecture, city) = *cities().get(city)?;
    let crosses = town.is_empty() && 1 < prefectures_of_prefix(&digits[..3]).len();
    (!crosses).then_some(Area { prefecture, city, town })
}

/// The prefectures that have codes with these three digits in front.
pub fn prefectures_of_prefix(prefix: &str) -> &'static [&'static str] {
    static READ: OnceLock<Vec<Vec<&'static str>>> = OnceLock::new();
    let all = READ.get_or_init(|| {
        let mut all: Vec<Vec<&'static str>> = vec![Vec::new(); 1000];
        for (code, city, _) in CODES.lines().filter_map(parted) {
            let place = code[..3].parse::<usize>().ok();
            let prefecture = cities().get(city).map(|(prefecture, _)| *prefecture);
            if let Some((place, prefecture)) = place.zip(prefecture)
                && let Some(known) = all.get_mut(place)
                && !known.contains(&prefecture)
            {
                known.push(prefecture);
            }
        }
        all
    });
    let place = prefix.parse::<usize>().ok().filter(|_| prefix.len() == 3);
    place.and_then(|place| all.get(place)).map_or(&[], Vec::as_slice)
}

/// A line's code, municipality and town.
fn parted(line: &'static str) -> Option<(&'static str, usize, &'static str)> {
    let (front, town) = line.split_once('\t')?;
    let (code, city) = front.split_at_checked(7)?;
    Some((code, city.parse().ok()?, town))
}

/// Where the line of each code begins, in the order of the codes.
fn lines() -> &'static [(u32, u32)] {
    static READ: OnceLock<Vec<(u32, u32)>> = OnceLock::new();
    READ.get_or_init(|| {
        let start = |line: &str| line.as_ptr() as usize - CODES.as_ptr() as usize;
        let each = |line: &'static str| {
            let code = line.get(..7)?.parse().ok()?;
            Some((code, u32::try_from(start(line)).ok()?))
        };
        CODES.lines().filter_map(each).collect()
    })
}

fn found(digits: &str) -> Option<(usize, &'static str)> {
    let code: u32 = digits.parse().ok()?;
    let lines = lines();
    let place = lines.binary_search_by_key(&code, |(code, _)| *code).ok()?;
    let start = lines[place].1 as usize;
    let (_, city, town) = CODES[start..].lines().next().and_then(parted)?;
    Some((city, town))
}
