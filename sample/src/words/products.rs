//! What the firm sells: the plans of its software and the supplies of its shop.

/// A plan of the software.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan {
    /// As attributes and pages name it.
    pub(crate) name: &'static str,
    /// Yen a month.
    pub(crate) price: i64,
    pub(crate) users: i64,
    /// Gigabytes.
    pub(crate) storage: i64,
}

/// From the smallest to the largest.
pub(crate) const PLANS: [Plan; 4] = [
    Plan { name: "free", price: 0, users: 5, storage: 2 },
    Plan { name: "starter", price: 9_800, users: 20, storage: 20 },
    Plan { name: "standard", price: 29_800, users: 60, storage: 100 },
    Plan { name: "premium", price: 78_000, users: 250, storage: 1_000 },
];

/// A feature, the least plan that has it (as a place in [`PLANS`]), and whether it is for advanced users.
pub(crate) const FEATURES: [(&str, usize, bool); 14] = [
    ("座席予約", 1, false),
    ("会議室予約", 1, false),
    ("備品台帳", 1, false),
    ("ラベル印刷", 1, false),
    ("来客名簿", 1, false),
    ("社内掲示板", 1, false),
    ("来客受付の自動通知", 2, true),
    ("座席の一括割当", 2, true),
    ("利用レポートの自動配信", 2, true),
    ("承認フロー", 2, true),
    ("入退室ゲート連携", 3, true),
    ("シングルサインオン", 3, true),
    ("監査ログの長期保存", 3, true),
    ("拠点横断ダッシュボード", 3, true),
];

/// Supplies: name, category, yen, the days until a usual customer needs it again, weight (how popular).
pub(crate) const SUPPLIES: [(&str, &str, i64, i64, u32); 18] = [
    ("感熱ラベル用紙 62mm幅 3巻", "ラベル", 1_980, 34, 14),
    ("QR資産ラベル 500枚", "ラベル", 4_200, 72, 7),
    ("耐水ラベル A4 100枚", "ラベル", 3_460, 58, 5),
    ("入館バッジケース 50枚", "バッジ", 3_800, 88, 6),
    ("再発行用ICカード 20枚", "バッジ", 9_600, 115, 4),
    ("名札ストラップ 100本", "バッジ", 5_200, 105, 3),
    ("来客シール 1000枚", "受付用品", 2_400, 46, 7),
    ("受付記帳リフィル 10冊", "受付用品", 1_680, 62, 3),
    ("互換トナー 黒", "トナー・インク", 6_800, 48, 12),
    ("互換トナー 4色組", "トナー・インク", 18_800, 82, 6),
    ("インクリボン 黒", "トナー・インク", 3_100, 52, 5),
    ("再生コピー用紙 A4 2500枚", "用紙", 2_980, 29, 15),
    ("除菌ウェットクロス 12個", "衛生用品", 3_300, 36, 9),
    ("ペーパータオル 40束", "衛生用品", 2_750, 31, 7),
    ("ホワイトボードマーカー 10本", "会議用品", 1_450, 56, 6),
    ("単3乾電池 40本", "会議用品", 1_780, 68, 6),
    ("ひよりブレンド珈琲豆 1kg", "飲料", 2_650, 25, 12),
    ("天然水 500ml 24本", "飲料", 1_980, 22, 10),
];

/// Rivals of the software, all invented.
pub(crate) const RIVALS: [&str; 6] = [
    "ザセキラク",
    "ポプラ受付",
    "席帳クラウド",
    "オフィスみやび",
    "ミチシルベ総務",
    "カラリワーク",
];
