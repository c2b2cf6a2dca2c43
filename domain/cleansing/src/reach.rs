//! The keys by which telephone numbers and e-mail addresses are compared.

/// The telephone numbers of a cell, digits only: with the leading zero that a spreadsheet drops, without the country
/// code of Japan, without the extension behind 内線.
pub fn phone_keys(text: &str) -> Vec<String> {
    let usual = crate::usual(text).to_ascii_lowercase();
    let end = ["内線", "ext", "(内"].iter().filter_map(|word| usual.find(word)).min();
    let bare = end.map_or(usual.as_str(), |end| &usual[..end]);
    let mut found: Vec<String> = Vec::new();
    for part in bare.split(['/', ',', ';', '、', '\n', '|']).flat_map(|part| part.split("または"))
    {
        let key = phone_key(part, found.last());
        if let Some(key) = key.filter(|key| !found.contains(key)) {
            found.push(key);
        }
    }
    found
}

/// Fewer digits than these call nobody.
const SHORTEST: usize = 6;

fn phone_key(text: &str, last: Option<&String>) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    // 03-1234-5678/5679: the second differs in its last digits only.
    if (1..=4).contains(&digits.len()) {
        let last = last.filter(|last| digits.len() < last.len())?;
        return Some(format!("{}{digits}", &last[..last.len() - digits.len()]));
    }
    if digits.len() < SHORTEST || digits.bytes().all(|byte| byte == b'0') {
        return None;
    }
    let abroad = text.contains('+') || digits.starts_with("0081");
    let local = digits.trim_start_matches("00").strip_prefix("81").filter(|_| abroad);
    if let Some(local) = local {
        return Some(format!("0{}", local.trim_start_matches('0')));
    }
    let lost = !digits.starts_with('0')
        && (digits.len() == 9 || (digits.len() == 10 && digits.starts_with(['7', '8', '9', '5'])))
        && !text.contains('+');
    Some(if lost { format!("0{digits}") } else { digits })
}

/// An e-mail address as it is compared: what stands before and after the @, in small letters. Providers that read
/// `a.b+c@` as `ab@` are read so.
pub fn email_key(text: &str) -> Option<(String, String)> {
    let usual = crate::usual(text).to_lowercase();
    let bare = usual.trim().trim_start_matches("mailto:");
    let bare = bare.rsplit_once('<').map_or(bare, |(_, inside)| inside).trim_end_matches('>');
    let (local, domain) = bare.split_once('@')?;
    let (local, domain) = (local.trim(), domain.trim().trim_end_matches('.'));
    if local.is_empty() || domain.is_empty() || domain.contains([' ', '@']) {
        return None;
    }
    if matches!(domain, "gmail.com" | "googlemail.com") {
        let local = local.split('+').next().unwrap_or_default().replace('.', "");
        return Some((local, "gmail.com".to_owned()));
    }
    Some((local.to_owned(), domain.to_owned()))
}

/// Whether everybody can have an address there, so that a shared domain tells nothing.
pub fn is_free_mail(domain: &str) -> bool {
    FREE.iter().any(|free| {
        domain == *free || domain.strip_suffix(free).is_some_and(|front| front.ends_with('.'))
    })
}

/// Free mail, telephone companies and providers.
const FREE: &[&str] = &[
    "gmail.com",
    "yahoo.co.jp",
    "yahoo.com",
    "ymail.ne.jp",
    "outlook.com",
    "outlook.jp",
    "hotmail.com",
    "hotmail.co.jp",
    "live.jp",
    "live.com",
    "msn.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "aol.com",
    "proton.me",
    "protonmail.com",
    "gmx.com",
    "mail.com",
    "zoho.com",
    "excite.co.jp",
    "goo.jp",
    "infoseek.jp",
    "docomo.ne.jp",
    "ezweb.ne.jp",
    "au.com",
    "softbank.ne.jp",
    "i.softbank.jp",
    "vodafone.ne.jp",
    "ymobile.ne.jp",
    "rakuten.jp",
    "nifty.com",
    "biglobe.ne.jp",
    "ocn.ne.jp",
    "so-net.ne.jp",
    "plala.or.jp",
    "dion.ne.jp",
    "asahi-net.or.jp",
    "eonet.ne.jp",
    "jcom.home.ne.jp",
    "zaq.ne.jp",
    "bigpond.com",
    "optusnet.com.au",
    "qq.com",
    "163.com",
    "naver.com",
];
