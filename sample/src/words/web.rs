//! Pages, documents, seminars and mail campaigns of the firm, and what people type into the help search.

/// The firm's site.
pub(crate) const SITE: &str = "https://www.hiyori-desk.example";

/// Case studies.
pub(crate) const CASE_STUDIES: [&str; 8] = [
    "導入事例: 物流会社の座席不足を半年で解消",
    "導入事例: 製造業の来客受付を無人化",
    "導入事例: 300名の会計事務所のフリーアドレス",
    "導入事例: 病院の備品棚卸しを三日から半日へ",
    "導入事例: 学校法人の鍵と入館証の管理",
    "導入事例: 建設会社の五拠点をひとつの画面に",
    "導入事例: 小売業の本部移転と座席設計",
    "導入事例: 食品工場の入退室記録を自動化",
];

/// Articles.
pub(crate) const ARTICLES: [&str; 10] = [
    "フリーアドレスで失敗しないための七つの確認",
    "来客対応の時間を数えてみる",
    "備品台帳をつくり直すときの順番",
    "総務の年度末チェックリスト",
    "入館証をなくしたときの決まりごと",
    "会議室が足りない本当の理由",
    "ハイブリッド勤務の座席数の決め方",
    "ラベルの材質と寿命のはなし",
    "オフィス移転の半年前にすること",
    "棚卸しを一日で終える会社の工夫",
];

/// Documents to download.
pub(crate) const DOCUMENTS: [&str; 7] = [
    "サービス紹介資料",
    "料金と機能の一覧",
    "導入事例集",
    "投資対効果の計算シート",
    "セキュリティ確認票",
    "他社比較の観点集",
    "導入スケジュール雛形",
];

/// What can be asked for by form.
pub(crate) const MATERIALS: [&str; 4] =
    ["サービス総合カタログ", "備品カタログ 最新版", "導入の手引き", "料金シミュレーション"];

/// Seminars.
pub(crate) const SEMINARS: [&str; 6] = [
    "はじめての座席管理",
    "総務の時間をつくる受付自動化",
    "年度末の棚卸し実践講座",
    "フリーアドレス運用相談会",
    "情シスのための連携設定",
    "拠点が増えるときの備品管理",
];

/// Campaigns to companies; one a month, round and round.
pub(crate) const CAMPAIGNS: [&str; 12] = [
    "一月 新機能のお知らせ",
    "二月 年度末準備号",
    "三月 棚卸し特集",
    "四月 新年度の座席替え",
    "五月 受付自動化の事例",
    "六月 セミナーのご案内",
    "七月 夏の省エネ出社",
    "八月 備品の衛生特集",
    "九月 下期の見直し",
    "十月 導入事例号",
    "十一月 来期予算のヒント",
    "十二月 年末の点検",
];

/// Campaigns to persons, four a year.
pub(crate) const SHOP_CAMPAIGNS: [&str; 4] =
    ["春の備品まとめ買い", "夏の飲料便", "秋の用紙フェア", "年末の在庫一掃"];

/// Words typed into the help search by anyone.
pub(crate) const SEARCHES: [&str; 14] = [
    "パスワード 再設定",
    "座席表 印刷",
    "ラベル ずれる",
    "利用者 追加",
    "会議室 重複",
    "来客 取消",
    "備品 一括登録",
    "CSV 文字化け",
    "通知 届かない",
    "請求書 再発行",
    "スマホ ログイン",
    "権限 変更",
    "休日 設定",
    "棚卸し 手順",
];

/// Words typed by those who think of leaving; `{rival}` stands for a rival's name.
pub(crate) const LEAVING_SEARCHES: [&str; 8] = [
    "解約 手続き",
    "解約 違約金",
    "解約 いつまで",
    "データ 一括出力 解約前",
    "契約 更新しない 解約",
    "{rival} 比較",
    "{rival} 乗り換え",
    "{rival} データ移行",
];

/// Topics of help pages.
pub(crate) const HELP_TOPICS: [&str; 8] =
    ["座席", "会議室", "受付", "備品", "ラベル", "権限", "連携", "請求"];
