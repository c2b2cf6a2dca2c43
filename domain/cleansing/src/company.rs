//! Company names taken apart: the name itself, the legal form and where it stands, a branch behind it.

/// Where a legal form stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// 前株.
    Before,
    /// 後株.
    Behind,
}

/// A company's name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// The name without its form.
    pub core: String,
    /// The form in full, and where it stood.
    pub form: Option<(&'static str, Side)>,
    /// What stood behind the form: a branch.
    pub site: String,
}

impl Company {
    /// The name with its form in full, where it stood.
    pub fn whole(&self) -> String {
        let site = if self.site.is_empty() { String::new() } else { format!(" {}", self.site) };
        match self.form {
            Some((form, Side::Before)) => format!("{form}{}{site}", self.core),
            Some((form, Side::Behind)) if self.core.is_ascii() && form.is_ascii() => {
                format!("{} {form}{site}", self.core)
            }
            Some((form, Side::Behind)) => format!("{}{form}{site}", self.core),
            None => format!("{}{site}", self.core),
        }
    }
}

/// The legal forms, in full and as they are shortened; the longest first, so that none hides in another.
const FORMS: &[(&str, &[&str])] = &[
    ("特定非営利活動法人", &["特定非営利活動法人", "NPO法人", "(特非)"]),
    ("公益社団法人", &["公益社団法人", "(公社)"]),
    ("公益財団法人", &["公益財団法人", "(公財)"]),
    ("一般社団法人", &["一般社団法人", "(一社)"]),
    ("一般財団法人", &["一般財団法人", "(一財)"]),
    ("社会福祉法人", &["社会福祉法人", "(福)", "(社福)"]),
    ("独立行政法人", &["独立行政法人", "(独)"]),
    ("国立大学法人", &["国立大学法人", "(大)"]),
    ("特例有限会社", &["特例有限会社"]),
    ("株式会社", &["株式会社", "(株)", "株)", "(株"]),
    ("有限会社", &["有限会社", "(有)", "有)", "(有"]),
    ("合同会社", &["合同会社", "(同)", "(合)", "同)"]),
    ("合資会社", &["合資会社", "(資)", "資)"]),
    ("合名会社", &["合名会社", "(名)"]),
    ("医療法人社団", &["医療法人社団"]),
    ("医療法人財団", &["医療法人財団"]),
    ("医療法人", &["医療法人", "(医)"]),
    ("学校法人", &["学校法人", "(学)"]),
    ("宗教法人", &["宗教法人", "(宗)"]),
    ("社団法人", &["社団法人", "(社)"]),
    ("財団法人", &["財団法人", "(財)"]),
    ("監査法人", &["監査法人"]),
    ("税理士法人", &["税理士法人"]),
    ("弁護士法人", &["弁護士法人"]),
    ("農事組合法人", &["農事組合法人", "(農)"]),
    ("協同組合", &["協同組合", "(協)"]),
    ("相互会社", &["相互会社", "(相)"]),
];

/// How western names end.
const ENGLISH: &[(&str, &[&str])] = &[
    (
        "Co., Ltd.",
        &["co.,ltd.", "co., ltd.", "co.,ltd", "co., ltd", "co ltd", "co. ltd.", "company limited"],
    ),
    ("Inc.", &[", inc.", " inc.", ", inc", " inc", " incorporated"]),
    ("K.K.", &[" k.k.", " kk"]),
    ("LLC", &[", llc", " llc", " l.l.c."]),
    ("Ltd.", &[", ltd.", " ltd.", " ltd", " limited"]),
    ("Corp.", &[" corp.", " corp", " corporation"]),
];

/// Takes a company's name apart; the text has one width already.
pub fn company(text: &str) -> Company {
    let text = text.replace('（', "(").replace('）', ")");
    let text = text.trim();
    for (form, ways) in FORMS {
        for way in *ways {
            if let Some(rest) = text.strip_prefix(way) {
                return parted(rest, form, Side::Before);
            }
        }
    }
    for (form, ways) in FORMS {
        for way in *ways {
            if let Some(rest) = text.strip_suffix(way) {
                return parted(rest, form, Side::Behind);
            }
        }
    }
    // 山田商事(株)大阪支店: what follows the form is a branch.
    for (form, ways) in FORMS {
        for way in ways.iter().filter(|way| 3 <= way.chars().count()) {
            if let Some((core, site)) = text.split_once(way) {
                let mut found = parted(core, form, Side::Behind);
                found.site = site.trim().to_owned();
                return found;
            }
        }
    }
    english(text)
}

fn english(text: &str) -> Company {
    let lower = text.to_ascii_lowercase();
    for (form, ways) in ENGLISH {
        for way in *ways {
            if let Some(rest) = lower.strip_suffix(way).filter(|rest| !rest.trim().is_empty()) {
                let core = text[..rest.len()].trim_end_matches([',', ' ']);
                return parted(core, form, Side::Behind);
            }
        }
    }
    Company { core: text.to_owned(), form: None, site: String::new() }
}

fn parted(core: &str, form: &'static str, side: Side) -> Company {
    let core = core.trim().trim_matches(['・', ' ']).to_owned();
    Company { core, form: Some((form, side)), site: String::new() }
}

/// The forms as banks write them in kana.
const KANA_FORMS: &[(&str, &str)] = &[
    ("カブシキガイシャ", "株式会社"),
    ("カブシキカイシャ", "株式会社"),
    ("ユウゲンガイシャ", "有限会社"),
    ("ユウゲンカイシャ", "有限会社"),
    ("ゴウドウガイシャ", "合同会社"),
    ("ゴウドウカイシャ", "合同会社"),
    ("カ", "株式会社"),
    ("ユ", "有限会社"),
    ("ド", "合同会社"),
    ("シ", "合資会社"),
    ("メ", "合名会社"),
    ("シヤ", "社団法人"),
    ("ザイ", "財団法人"),
    ("イ", "医療法人"),
    ("ガク", "学校法人"),
    ("フク", "社会福祉法人"),
    ("シユウ", "宗教法人"),
];

/// A company's reading taken apart: カ)ヤマダ, ヤマダ(カ, ヤマダ(カ)オオサカ.
pub fn company_in_kana(text: &str) -> Company {
    for (way, form) in KANA_FORMS {
        if let Some(rest) = without_front(text, way) {
            return parted(rest, form, Side::Before);
        }
        if let Some(rest) = without_end(text, way) {
            return parted(rest, form, Side::Behind);
        }
    }
    Company { core: text.to_owned(), form: None, site: String::new() }
}

/// Without カブシキガイシャ, カ) or (カ) in front.
fn without_front<'t>(text: &'t str, way: &str) -> Option<&'t str> {
    if is_long(way) {
        text.strip_prefix(way)
            .or_else(|| text.strip_prefix('(')?.strip_prefix(way)?.strip_prefix(')'))
    } else {
        text.strip_prefix('(').unwrap_or(text).strip_prefix(way)?.strip_prefix(')')
    }
}

/// Without カブシキガイシャ, (カ or (カ) behind.
fn without_end<'t>(text: &'t str, way: &str) -> Option<&'t str> {
    if is_long(way) {
        text.strip_suffix(way)
            .or_else(|| text.strip_suffix(')')?.strip_suffix(way)?.strip_suffix('('))
    } else {
        text.strip_suffix(')').unwrap_or(text).strip_suffix(way)?.strip_suffix('(')
    }
}

/// Whether a form is written in full, and needs no bracket to be known.
fn is_long(way: &str) -> bool {
    way.chars().nth(3).is_some()
}
