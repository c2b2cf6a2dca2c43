//! Yes and no, and the few words a field may hold.

use facts::Value;

use super::{folded, notes::Note, plain, trimmed};

/// Reads yes or no; `None` when it is neither.
pub(crate) fn yes_or_no(text: &str) -> Option<bool> {
    word(text).or_else(|| match trimmed(&plain(text)) {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    })
}

/// Yes or no in words; 1 and 0 are numbers here.
pub(crate) fn word(text: &str) -> Option<bool> {
    let text = trimmed(text);
    if 30 < text.len() {
        return None;
    }
    match plain(text).to_ascii_lowercase().as_str() {
        "○" | "◯" | "〇" | "●" | "◎" | "✓" | "✔" | "レ" | "☑" | "はい" | "有" | "有り" | "あり"
        | "true" | "yes" | "y" | "on" | "可" | "希望" | "希望する" | "する" | "許可" | "同意"
        | "同意する" | "済" | "購読中" | "受信する" | "配信" => Some(true),
        "×" | "✕" | "✗" | "✖" | "☐" | "いいえ" | "無" | "無し" | "なし" | "false" | "no" | "n"
        | "off" | "不可" | "希望しない" | "しない" | "拒否" | "同意しない" | "不要" | "停止"
        | "未" | "受信しない" | "配信停止" => Some(false),
        _ => None,
    }
}

/// Puts a word into its standard form; others are kept as written.
pub(crate) fn choice(
    text: &str,
    choices: &'static [(&'static str, &'static str)],
) -> (Value, Option<Note>) {
    let folded = folded(text);
    let found = choices
        .iter()
        .find(|(ours, theirs)| *ours == folded || theirs.split_whitespace().any(|w| w == folded));
    match found {
        Some((ours, _)) => (Value::from(*ours), None),
        None => (Value::from(trimmed(text)), Some(Note::UnknownWord)),
    }
}

/// The standard name of an event that a firm calls by a Japanese word.
pub(crate) fn standard_event(name: &str) -> Option<&'static str> {
    EVENTS
        .iter()
        .find(|(_, words)| words.split_whitespace().any(|w| w == name))
        .map(|(ours, _)| *ours)
}

const EVENTS: &[(&str, &str)] = &[
    ("login", "ログイン サインイン"),
    ("page_viewed", "ページ閲覧 ページビュー 閲覧 サイト閲覧 web閲覧"),
    ("document_downloaded", "資料ダウンロード 資料dl ホワイトペーパーダウンロード ダウンロード"),
    ("materials_requested", "資料請求"),
    ("seminar_registered", "セミナー申込 セミナー申し込み ウェビナー申込 セミナー登録"),
    ("mail_sent", "メール送信 メール配信"),
    ("mail_opened", "メール開封 開封"),
    ("mail_clicked", "メールクリック クリック"),
    ("purchased", "購入 購買 注文"),
    ("cart_added", "カート追加 カート投入 カートに追加"),
    ("inquired", "問い合わせ 問合せ お問い合わせ お問合せ 問合わせ"),
    ("help_searched", "ヘルプ検索"),
    ("feature_used", "機能利用 機能使用"),
    ("meeting_set", "アポイント アポ 商談設定"),
    ("meeting_held", "商談 打合せ 打ち合わせ 面談"),
    ("cancelled", "解約 退会"),
    ("visited", "来店 来場"),
];
