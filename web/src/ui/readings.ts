/** How the kanji of the trade are read, so that a word is found by its kana and by Latin letters before it is converted. */

/** Reading by word. A word that stands inside a longer one is only used where the longer one does not fit. */
const READINGS: Record<string, string> = {
  一覧: 'いちらん',
  以上: 'いじょう',
  以内: 'いない',
  購入: 'こうにゅう',
  再購入: 'さいこうにゅう',
  買い忘れ: 'かいわすれ',
  休眠: 'きゅうみん',
  離反: 'りはん',
  解約: 'かいやく',
  復活: 'ふっかつ',
  優良: 'ゆうりょう',
  顧客: 'こきゃく',
  見込: 'みこみ',
  見込み: 'みこみ',
  客: 'きゃく',
  企業: 'きぎょう',
  会社: 'かいしゃ',
  個人: 'こじん',
  属性: 'ぞくせい',
  行動: 'こうどう',
  条件: 'じょうけん',
  期間: 'きかん',
  比較: 'ひかく',
  合計: 'ごうけい',
  平均: 'へいきん',
  日数: 'にっすう',
  回数: 'かいすう',
  割合: 'わりあい',
  比率: 'ひりつ',
  順番: 'じゅんばん',
  順位: 'じゅんい',
  上位: 'じょうい',
  無作為: 'むさくい',
  定期: 'ていき',
  毎週: 'まいしゅう',
  毎月: 'まいつき',
  間隔: 'かんかく',
  周期: 'しゅうき',
  最初: 'さいしょ',
  最後: 'さいご',
  最終: 'さいしゅう',
  最近: 'さいきん',
  直近: 'ちょっきん',
  状態: 'じょうたい',
  変化: 'へんか',
  増加: 'ぞうか',
  低下: 'ていか',
  減少: 'げんしょう',
  話題: 'わだい',
  日報: 'にっぽう',
  営業: 'えいぎょう',
  担当: 'たんとう',
  担当者: 'たんとうしゃ',
  関係者: 'かんけいしゃ',
  先方: 'せんぽう',
  決裁者: 'けっさいしゃ',
  競合: 'きょうごう',
  商談: 'しょうだん',
  案件: 'あんけん',
  受注: 'じゅちゅう',
  失注: 'しっちゅう',
  未成約: 'みせいやく',
  成約: 'せいやく',
  見積: 'みつもり',
  資料: 'しりょう',
  請求: 'せいきゅう',
  資料請求: 'しりょうせいきゅう',
  開封: 'かいふう',
  未開封: 'みかいふう',
  未返信: 'みへんしん',
  返信: 'へんしん',
  送信: 'そうしん',
  申込: 'もうしこみ',
  閲覧: 'えつらん',
  料金: 'りょうきん',
  導入: 'どうにゅう',
  事例: 'じれい',
  機能: 'きのう',
  利用: 'りよう',
  利用量: 'りようりょう',
  上限: 'じょうげん',
  問い合わせ: 'といあわせ',
  検索: 'けんさく',
  計測: 'けいそく',
  進展: 'しんてん',
  設定: 'せってい',
  実施: 'じっし',
  来店: 'らいてん',
  店舗: 'てんぽ',
  施術: 'せじゅつ',
  誕生日: 'たんじょうび',
  誕生月: 'たんじょうづき',
  記念日: 'きねんび',
  年齢: 'ねんれい',
  年収: 'ねんしゅう',
  女性: 'じょせい',
  男性: 'だんせい',
  首都圏: 'しゅとけん',
  学年: 'がくねん',
  志望校: 'しぼうこう',
  説明会: 'せつめいかい',
  業種: 'ぎょうしゅ',
  従業員数: 'じゅうぎょういんすう',
  都道府県: 'とどうふけん',
  契約: 'けいやく',
  更新: 'こうしん',
  予兆: 'よちょう',
  兆し: 'きざし',
  強さ: 'つよさ',
  類似: 'るいじ',
  層: 'そう',
  重複: 'ちょうふく',
  責任者: 'せきにんしゃ',
  目的: 'もくてき',
  商品: 'しょうひん',
  関連: 'かんれん',
  特定: 'とくてい',
  放置: 'ほうち',
  記事: 'きじ',
  月額: 'げつがく',
  金額: 'きんがく',
  知って: 'しって',
  名称: 'めいしょう',
  新規: 'しんき',
  既存: 'きぞん',
  流入元: 'りゅうにゅうもと',
  同意: 'どうい',
  紹介: 'しょうかい',
  定着: 'ていちゃく',
  不満: 'ふまん',
  連続: 'れんぞく',
  予約: 'よやく',
}

const WORDS = new RegExp(
  Object.keys(READINGS)
    .sort((a, b) => b.length - a.length)
    .join('|'),
  'g',
)

/** The text with each known word in kana; what is not known stays. */
export const readingOf = (text: string) => text.replace(WORDS, (word) => READINGS[word] ?? word)

const LETTERS: Record<string, string> = Object.fromEntries(
  `あa いi うu えe おo かka きki くku けke こko がga ぎgi ぐgu げge ごgo さsa しshi すsu せse そso ざza じji ずzu ぜze ぞzo
   たta ちchi つtsu てte とto だda ぢji づzu でde どdo なna にni ぬnu ねne のno はha ひhi ふfu へhe ほho ばba びbi ぶbu べbe ぼbo
   ぱpa ぴpi ぷpu ぺpe ぽpo まma みmi むmu めme もmo やya ゆyu よyo らra りri るru れre ろro わwa をo んn ぁa ぃi ぅu ぇe ぉo
   きゃkya きゅkyu きょkyo しゃsha しゅshu しょsho ちゃcha ちゅchu ちょcho にゃnya にゅnyu にょnyo ひゃhya ひゅhyu ひょhyo
   みゃmya みゅmyu みょmyo りゃrya りゅryu りょryo ぎゃgya ぎゅgyu ぎょgyo じゃja じゅju じょjo びゃbya びゅbyu びょbyo
   ぴゃpya ぴゅpyu ぴょpyo ふぁfa ふぃfi ふぇfe ふぉfo てぃti でぃdi うぇwe うぃwi しぇshe じぇje ちぇche ゔvu`
    .split(/\s+/)
    .map((pair) => [pair.replace(/[a-z]/g, ''), pair.replace(/[^a-z]/g, '')]),
)

/** Hiragana in Latin letters. A small つ is left out, since doubled letters count once anyway. */
export const latinOf = (kana: string) =>
  kana.replace(/[ぁ-ゔ][ゃゅょぁぃぇぉ]?|[っー]/g, (part) =>
    part === 'っ' || part === 'ー'
      ? ''
      : (LETTERS[part] ?? [...part].map((letter) => LETTERS[letter] ?? letter).join('')),
  )

/** What is left of Latin letters when every way to write a sound is one: si and shi, kounyuu and konyu, shimbun and shinbun. */
export const soundOf = (latin: string) =>
  latin
    .replace(/[āâ]/g, 'a')
    .replace(/[ūû]/g, 'u')
    .replace(/[ōô]/g, 'o')
    .replace(/sh?y([auo])/g, 'sh$1')
    .replace(/ty([auo])/g, 'ch$1')
    .replace(/[zj]y([auo])/g, 'j$1')
    .replace(/si/g, 'shi')
    .replace(/ti/g, 'chi')
    .replace(/tu/g, 'tsu')
    .replace(/[zd]i/g, 'ji')
    .replace(/hu/g, 'fu')
    .replace(/m([bpm])/g, 'n$1')
    .replace(/ou/g, 'o')
    .replace(/(.)\1+/g, '$1')
