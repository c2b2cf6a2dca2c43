//! Company names, combined from invented stems and the words of a trade.

/// Stems as written and as read.
pub(crate) const STEMS: &str = "
瀬良野/セラノ 霧笛野/ムテキノ 白樺沢/シラカバサワ 椋原/ムクハラ 双葉台/フタバダイ 梢野/コズエノ 碧水原/ヘキスイバラ 楓坂/カエデザカ
風見原/カザミハラ 千鳥野/チドリノ 澄川原/スミカワハラ 若杉台/ワカスギダイ 夕凪野/ユウナギノ 朝霞野/アサカノ 深見沢/フカミサワ 鈴掛/スズカケ
早瀬野/ハヤセノ 雲居野/クモイノ 月見里/ツキミザト 花筏野/ハナイカダノ 松籟野/ショウライノ 常盤沢/トキワザワ 綾瀬野/アヤセノ 蔦川/ツタガワ
苗代沢/ナワシロザワ 水簾沢/スイレンザワ 桐生野/キリュウノ 黄金沢/コガネザワ 琴平台/コトヒラダイ 榛原野/ハイバラノ 銀杏坂/イチョウザカ 八重沢/ヤエサワ
葦原野/アシハラノ 遠見沢/トオミザワ 小夜川/サヨガワ 柚木沢/ユズキザワ 緋色沢/ヒイロザワ 薄墨沢/ウスズミザワ 真鶴野/マナヅルノ 結城台/ユウキダイ
萌木沢/モエギザワ 汐見坂/シオミザカ 篝野/カガリノ 露草野/ツユクサノ 木霊野/コダマノ 望洋台/ボウヨウダイ 弥生野/ヤヨイノ 紫苑野/シオンノ
ミナルカ/ミナルカ ソレイナ/ソレイナ トモリエ/トモリエ カザリナ/カザリナ ノヴァリエ/ノヴァリエ ルミノワ/ルミノワ ヒナタベ/ヒナタベ アマネリエ/アマネリエ
ツグミノ/ツグミノ オルテリノ/オルテリノ シロツメル/シロツメル ハコツムギ/ハコツムギ イロハネル/イロハネル キノミチ/キノミチ メグルナ/メグルナ サザナミヤ/サザナミヤ
";

/// A trade, what its companies are called (as written/as read), and their legal form.
pub(crate) const TRADES: [(&str, &str, Form); 14] = [
    (
        "製造",
        "精機/セイキ 製作所/セイサクショ 電装/デンソウ 化成/カセイ 金属工業/キンゾクコウギョウ",
        Form::Share,
    ),
    ("卸売", "商会/ショウカイ 通商/ツウショウ 物産/ブッサン 商事/ショウジ", Form::Share),
    ("小売", "ストアー/ストアー 薬局/ヤッキョク 書店/ショテン 生活館/セイカツカン", Form::Share),
    ("物流", "物流/ブツリュウ 運輸/ウンユ 倉庫/ソウコ 急送/キュウソウ", Form::Share),
    ("建設", "建設/ケンセツ 工務店/コウムテン 設備/セツビ 土木/ドボク", Form::Limited),
    ("不動産", "不動産/フドウサン 住宅販売/ジュウタクハンバイ ビル管理/ビルカンリ", Form::Share),
    (
        "情報通信",
        "システムズ/システムズ 情報サービス/ジョウホウサービス ソフト開発/ソフトカイハツ",
        Form::Share,
    ),
    ("広告・印刷", "印刷/インサツ 企画/キカク デザイン室/デザインシツ", Form::Share),
    ("会計・法律", "会計事務所/カイケイジムショ 経営相談所/ケイエイソウダンジョ", Form::Partners),
    ("食品", "食品/ショクヒン 製菓/セイカ 醸造/ジョウゾウ 水産/スイサン", Form::Share),
    ("人材・教育", "人材サービス/ジンザイサービス 研修センター/ケンシュウセンター", Form::Share),
    ("学校", "学院/ガクイン 学園/ガクエン", Form::School),
    ("医療", "クリニック/クリニック 総合病院/ソウゴウビョウイン", Form::Clinic),
    ("飲食・宿泊", "観光ホテル/カンコウホテル フードサービス/フードサービス", Form::Share),
];

/// The legal form of a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// 株式会社, before or after the name.
    Share,
    /// 株式会社 or 有限会社.
    Limited,
    /// 合同会社.
    Partners,
    /// 学校法人.
    School,
    /// 医療法人.
    Clinic,
}

/// A department, what its people are called there from the highest on, and the part they play in buying.
pub(crate) const DEPARTMENTS: [(&str, &[&str]); 8] = [
    ("総務部", &["部長", "課長", "主任", "担当"]),
    ("情報システム部", &["部長", "課長", "係長", "担当"]),
    ("経営企画室", &["室長", "マネージャー", "担当"]),
    ("人事部", &["部長", "課長", "担当"]),
    ("購買部", &["部長", "課長", "担当"]),
    ("営業部", &["部長", "係長", "担当"]),
    ("施設管理部", &["部長", "主任", "担当"]),
    ("経理部", &["部長", "課長", "担当"]),
];

/// The titles of those at the top, who belong to no department, by legal form.
pub(crate) fn heads(form: Form) -> &'static [&'static str] {
    match form {
        Form::Share | Form::Limited => {
            &["代表取締役社長", "専務取締役", "取締役 管理本部長", "執行役員"]
        }
        Form::Partners => &["代表社員", "業務執行社員"],
        Form::School => &["理事長", "学院長", "事務局長"],
        Form::Clinic => &["理事長", "院長", "事務長"],
    }
}

/// Where prospects came from.
pub(crate) const SOURCES: [&str; 7] =
    ["展示会", "Web検索", "紹介", "セミナー", "テレアポ", "広告", "比較サイト"];

/// The same for persons.
pub(crate) const SHOP_SOURCES: [&str; 5] = ["Web検索", "広告", "メルマガ", "紹介", "店頭チラシ"];

/// Colours by which a clerk once sorted the ledger: they mean nothing.
pub(crate) const LEDGER_COLOURS: [&str; 4] = ["青", "緑", "黄", "赤"];
