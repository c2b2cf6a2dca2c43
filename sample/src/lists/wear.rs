//! How different hands write one customer.

use super::{
    ListKind,
    entities::{Entity, Firm, Home, Person, World, phone},
    names::OTHERWISE,
};
use crate::dice::Dice;

/// A row without its id. The first hand knows more than the others.
pub(super) fn row(world: &World, entity: &Entity, hand: usize, dice: &mut Dice) -> Vec<String> {
    let first = hand == 0;
    let moved = !first && dice.chance(0.07);
    let home = if moved { world.home(dice) } else { entity.home.clone() };
    let number = if !first && dice.chance(0.08) {
        phone(dice.chance(0.5), dice)
    } else {
        entity.phone.clone()
    };
    let left_out =
        |dice: &mut Dice, share: f64| dice.chance(if first { share / 3.0 } else { share });
    let tel = if left_out(dice, 0.12) { String::new() } else { telephone(&number, dice) };
    let email = match left_out(dice, 0.3) {
        true => String::new(),
        false if !first && dice.chance(0.06) => format!(
            "{}{}@gmail.com",
            entity.email.split('@').next().unwrap_or("x"),
            dice.between(1, 99)
        ),
        false => worn_letters(&entity.email, dice),
    };
    let postal = if left_out(dice, 0.1) { String::new() } else { postal(&home, dice) };
    let address = if left_out(dice, 0.08) { String::new() } else { address(&home, dice) };
    let person = entity.person.as_ref().map(|person| name(person, dice));
    let reading = entity.person.as_ref().map(|person| {
        if left_out(dice, 0.2) {
            String::new()
        } else {
            kana(&format!("{} {}", person.family.1, person.given.1), dice)
        }
    });
    let firm = entity.firm.as_ref().map(|firm| company(firm, dice)).unwrap_or_default();
    match world.kind {
        ListKind::Persons => {
            let born = entity.person.as_ref().map(|person| person.born).unwrap_or_default();
            let born = if left_out(dice, 0.15) { String::new() } else { birthday(born, dice) };
            vec![
                person.unwrap_or_default(),
                reading.unwrap_or_default(),
                born,
                postal,
                address,
                tel,
                email,
            ]
        }
        ListKind::Companies => {
            let made = entity.firm.as_ref();
            let reading = made.filter(|_| dice.chance(0.5)).map(|firm| company_in_kana(firm, dice));
            let number = made.filter(|_| dice.chance(0.35)).map(|firm| firm.number.clone());
            vec![
                firm,
                reading.unwrap_or_default(),
                postal,
                address,
                tel,
                email,
                number.unwrap_or_default(),
            ]
        }
        ListKind::Contacts => {
            let department = if dice.chance(0.3) { "" } else { entity.department };
            let person = person.unwrap_or_default();
            vec![
                firm,
                department.to_owned(),
                person,
                reading.unwrap_or_default(),
                postal,
                address,
                tel,
                email,
            ]
        }
    }
}

fn name(person: &Person, dice: &mut Dice) -> String {
    let blank = ["", " ", "　"][dice.weighted(&[25, 50, 25])];
    if dice.chance(0.02) {
        return format!("{}{blank}{}", person.family.1, person.given.1);
    }
    let mut written =
        format!("{}{blank}{}", otherwise(person.family.0, dice), otherwise(person.given.0, dice));
    if dice.chance(0.02) {
        written = mistyped(&written, dice, MISTAKEN);
    }
    if dice.chance(0.02) { format!("{written}様") } else { written }
}

fn otherwise(text: &str, dice: &mut Dice) -> String {
    let other = dice.chance(0.2);
    let each = |c: char| match OTHERWISE.iter().find(|(usual, _)| *usual == c) {
        Some((_, others)) if other => others[0],
        _ => c,
    };
    text.chars().map(each).collect()
}

/// Characters that one writes for another.
const MISTAKEN: &[char] =
    &['大', '田', '太', '木', '本', '川', '河', '子', '美', '一', '郎', '朗', '幸', '辛'];
const KANA: &[char] = &['ア', 'イ', 'ウ', 'カ', 'ガ', 'サ', 'シ', 'タ', 'ダ', 'ン', 'ー', 'ツ'];
const LETTERS: &[char] = &['a', 'e', 'i', 'o', 'n', 'r', 's', 't', '1', '0'];

fn mistyped(text: &str, dice: &mut Dice, by: &[char]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    if chars.len() < 2 {
        return text.to_owned();
    }
    let place = dice.between(0, chars.len() as i64 - 1) as usize;
    match dice.weighted(&[5, 3, 2, 3]) {
        0 => chars[place] = *dice.pick(by),
        1 => {
            chars.remove(place);
        }
        2 => chars.insert(place, *dice.pick(by)),
        _ => {
            let other = if place == 0 { 1 } else { place - 1 };
            chars.swap(place, other);
        }
    }
    chars.into_iter().collect()
}

fn kana(reading: &str, dice: &mut Dice) -> String {
    let worn = if dice.chance(0.03) { mistyped(reading, dice, KANA) } else { reading.to_owned() };
    match dice.weighted(&[60, 15, 15, 10]) {
        0 => worn,
        1 => worn
            .chars()
            .map(|c| {
                if ('ァ'..='ヶ').contains(&c) {
                    char::from_u32(u32::from(c) - 0x60).unwrap_or(c)
                } else {
                    c
                }
            })
            .collect(),
        2 => half_width(&worn),
        _ => worn.replace(' ', ""),
    }
}

fn half_width(text: &str) -> String {
    const FULL: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンァィゥェォッャュョーヲ";
    const HALF: &str = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝｧｨｩｪｫｯｬｭｮｰｦ";
    const VOICED: &str = "ガギグゲゴザジズゼゾダヂヅデドバビブベボ";
    const PLAIN: &str = "カキクケコサシスセソタチツテトハヒフヘホ";
    let at = |list: &str, c: char| list.chars().position(|known| known == c);
    let mut out = String::new();
    for c in text.chars() {
        let plain = at(VOICED, c).and_then(|place| PLAIN.chars().nth(place));
        let half = |c: char| at(FULL, c).and_then(|place| HALF.chars().nth(place)).unwrap_or(c);
        match (plain, at("パピプペポ", c)) {
            (Some(plain), _) => out.extend([half(plain), 'ﾞ']),
            (None, Some(place)) => {
                out.extend([half("ハヒフヘホ".chars().nth(place).unwrap_or('ハ')), 'ﾟ'])
            }
            (None, None) => out.push(half(c)),
        }
    }
    out
}

fn company(firm: &Firm, dice: &mut Dice) -> String {
    let mut core = otherwise(&firm.core, dice);
    if dice.chance(0.03) {
        core = mistyped(&core, dice, MISTAKEN);
    }
    if dice.chance(0.05) {
        core = core
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)
                } else {
                    c
                }
            })
            .collect();
    }
    let short: &[&str] = match firm.form {
        "株式会社" => &["株式会社", "㈱", "(株)", "（株）", "株式会社　"],
        "有限会社" => &["有限会社", "㈲", "(有)", "（有）"],
        "合同会社" => &["合同会社", "(同)"],
        form => &[form][..0],
    };
    let form = if short.is_empty() {
        firm.form
    } else {
        short[dice.weighted(&[45, 25, 15, 10, 5][..short.len()])]
    };
    let behind = firm.behind != dice.chance(0.03);
    let whole = match dice.weighted(&[90, 10]) {
        0 if behind => format!("{core}{form}"),
        0 => format!("{form}{core}"),
        _ => core,
    };
    match &firm.site {
        Some(site) => format!("{whole}{}{site}", [" ", "　", ""][dice.weighted(&[50, 30, 20])]),
        None if dice.chance(0.03) => format!("{whole} 本社"),
        None => whole,
    }
}

fn company_in_kana(firm: &Firm, dice: &mut Dice) -> String {
    let core = kana(&firm.reading, dice);
    match (firm.form, dice.weighted(&[60, 25, 15])) {
        (_, 0) => core,
        ("株式会社", 1) if firm.behind => format!("{core}(ｶ"),
        ("株式会社", 1) => format!("ｶ)\u{ff62}{core}").replace('\u{ff62}', ""),
        ("株式会社", _) => format!("カブシキガイシャ{core}"),
        ("有限会社", _) => format!("ﾕ){core}"),
        _ => core,
    }
}

fn wide(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_digit() {
                char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)
            } else if c == '-' {
                '－'
            } else {
                c
            }
        })
        .collect()
}

fn telephone(number: &str, dice: &mut Dice) -> String {
    let worn = if dice.chance(0.02) {
        let mut digits: Vec<char> = number.chars().collect();
        let last = digits.len() - 1 - dice.between(0, 3) as usize;
        digits[last] = char::from(b'0' + dice.between(0, 9) as u8);
        digits.into_iter().collect()
    } else {
        number.to_owned()
    };
    let bare = worn.replace('-', "");
    match dice.weighted(&[50, 20, 8, 6, 6, 5, 5]) {
        0 => worn,
        1 => bare,
        2 => wide(&worn),
        3 => bare[1..].to_owned(),
        4 => format!("+81-{}", &worn[1..]),
        5 => format!("{worn}（内線{}）", dice.between(10, 999)),
        _ => worn.replacen('-', "(", 1).replacen('-', ")", 1),
    }
}

fn postal(home: &Home, dice: &mut Dice) -> String {
    let mut code = home.code.clone();
    if dice.chance(0.015) {
        let place = dice.between(3, 6) as usize;
        code.replace_range(place..=place, &dice.between(0, 9).to_string());
    }
    let dashed = format!("{}-{}", &code[..3], &code[3..]);
    match dice.weighted(&[60, 20, 10, 10]) {
        0 => dashed,
        1 => code,
        2 => format!("〒{dashed}"),
        _ => wide(&dashed),
    }
}

fn address(home: &Home, dice: &mut Dice) -> String {
    let [a, b, c] = home.number;
    let number = match dice.weighted(&[50, 20, 10, 10, 10]) {
        0 => format!("{a}-{b}-{c}"),
        1 => format!("{a}丁目{b}番{c}号"),
        2 => format!(
            "{}丁目{b}-{c}",
            ["一", "二", "三", "四", "五", "六", "七", "八", "九"][a as usize - 1]
        ),
        3 => wide(&format!("{a}-{b}-{c}")),
        _ => format!("{a}丁目{b}番地{c}"),
    };
    let prefecture = if dice.chance(0.2) { "" } else { home.area.prefecture };
    let mut town = home.area.town.to_owned();
    if dice.chance(0.015) {
        town = mistyped(&town, dice, MISTAKEN);
    }
    if dice.chance(0.3) {
        town = town.replace('ケ', "ヶ").replace('ノ', "の");
    }
    let building = match home.building {
        Some((name, room)) if !dice.chance(0.25) => match dice.weighted(&[50, 30, 20]) {
            0 => format!("{name}{room}号室"),
            1 => format!(" {name}{room}"),
            _ => format!("　{name} {room}"),
        },
        _ => String::new(),
    };
    format!("{prefecture}{}{town}{number}{building}", home.area.city)
}

fn birthday((year, month, day): (i64, i64, i64), dice: &mut Dice) -> String {
    let (mut month, mut day) = (month, day);
    if dice.chance(0.015) {
        day = day % 28 + 1;
    }
    if dice.chance(0.005) && day <= 12 {
        std::mem::swap(&mut month, &mut day);
    }
    match dice.weighted(&[50, 25, 15, 10]) {
        0 => format!("{year}-{month:02}-{day:02}"),
        1 => format!("{year}/{month}/{day}"),
        2 => format!("{year}年{month}月{day}日"),
        _ if 1989 < year => format!("H{}.{month}.{day}", year - 1988),
        _ => format!("昭和{}年{month}月{day}日", year - 1925).replace("昭和64年", "昭和63年"),
    }
}

fn worn_letters(text: &str, dice: &mut Dice) -> String {
    if dice.chance(0.02) { mistyped(text, dice, LETTERS) } else { text.to_owned() }
}
