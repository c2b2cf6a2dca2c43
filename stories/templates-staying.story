# Templates about those who go quiet, leave or come back.

== Template: nothing bought for three months | ひな形：3か月購入がない
template no-purchase-three-months
aya 2026-03-31 12:00 purchased
ben 2026-06-01 12:00 login
ask 2026-06-29 12:00 no-purchase-three-months -> nobody
ask 2026-07-01 11:59:59.999 no-purchase-three-months -> nobody
ask 2026-07-01 12:00 no-purchase-three-months -> aya
ask 2026-09-01 12:00 no-purchase-three-months -> aya ben

== Template: half a year since the last purchase | ひな形：最後の購入から半年以上
template half-year-since-purchase
aya 2026-01-31 12:00 purchased
aya 2026-08-10 12:00 purchased
ben 2026-01-01 12:00 login
ask 2026-07-31 11:59:59.999 half-year-since-purchase -> nobody
ask 2026-07-31 12:00 half-year-since-purchase -> aya
ask 2026-08-10 12:00 half-year-since-purchase -> nobody

== Template: good customers of the past | ひな形：以前はよく買ってくれた
template dormant-good-customers
aya 2025-06-01 12:00 purchased
aya 2025-06-02 12:00 purchased
aya 2025-06-03 12:00 purchased
aya 2025-06-04 12:00 purchased
aya 2025-06-05 12:00 purchased
ben 2025-06-01 12:00 purchased
ben 2025-06-02 12:00 purchased
ben 2025-06-03 12:00 purchased
ben 2025-06-04 12:00 purchased
cho 2025-06-01 12:00 purchased
cho 2025-06-02 12:00 purchased
cho 2025-06-03 12:00 purchased
cho 2025-06-04 12:00 purchased
cho 2025-06-05 12:00 purchased
cho 2026-02-01 12:00 purchased
ask 2025-12-02 11:59:59.999 dormant-good-customers -> nobody
ask 2025-12-02 12:00 dormant-good-customers -> aya cho
ask 2026-02-01 12:00 dormant-good-customers -> aya
ask 2027-06-01 11:59:59.999 dormant-good-customers -> aya cho
ask 2027-06-01 12:00 dormant-good-customers -> cho

== Template: logins down to half | ひな形：ログインが半分以下
template logins-halved
aya 2026-05-01 12:00 login
aya 2026-05-02 12:00 login
aya 2026-05-03 12:00 login
aya 2026-05-04 12:00 login
aya 2026-06-01 12:00 login
aya 2026-06-02 12:00 login
ben 2026-05-03 12:00 login
ben 2026-05-04 12:00 login
ask 2026-05-10 12:00 logins-halved -> nobody
ask 2026-06-03 11:59:59.999 logins-halved -> nobody
ask 2026-06-03 12:00 logins-halved -> aya
ask 2026-07-01 12:00 logins-halved -> nobody

== Template: signs of leaving | ひな形：離反の予兆
template churn-signs
aya 2026-06-01 12:00 help_searched {"words": "解約 方法"}
aya 2026-06-02 12:00 inquired {"kind": "complaint"}
aya 2026-06-03 12:00 inquired {"kind": "complaint"}
ben 2026-06-01 12:00 mentioned {"topic": "competitor"}
ben 2026-06-02 12:00 inquired {"kind": "complaint"}
cho 2026-06-01 12:00 mentioned {"topic": "competitor", "negated": true}
cho 2026-06-02 12:00 inquired {"kind": "complaint"}
cho 2026-06-03 12:00 inquired {"kind": "complaint"}
ask 2026-06-02 12:00 churn-signs -> nobody
ask 2026-06-03 12:00 churn-signs -> aya
ask 2026-07-01 11:59:59.999 churn-signs -> aya
ask 2026-07-01 12:00 churn-signs -> nobody

== Template: talk of a competitor again | ひな形：競合の話題がくり返し
template talks-of-a-competitor
aya 2026-06-01 12:00 mentioned {"topic": "competitor"}
aya 2026-06-20 12:00 mentioned {"topic": "competitor"}
ben 2026-06-01 12:00 mentioned {"topic": "competitor"}
ben 2026-06-20 12:00 mentioned {"topic": "competitor", "negated": true}
ask 2026-06-19 12:00 talks-of-a-competitor -> nobody
ask 2026-06-20 12:00 talks-of-a-competitor -> aya
ask 2026-07-31 12:00 talks-of-a-competitor -> nobody

== Template: risk of leaving by points | ひな形：点数で見た解約リスク
template at-risk-by-points
aya 2026-06-01 12:00 login
aya 2026-06-01 18:00 login
aya 2026-06-02 12:00 login
aya 2026-06-02 13:00 mail_sent
aya 2026-06-03 13:00 mail_sent
aya 2026-06-04 13:00 mail_sent
aya 2026-06-05 13:00 mail_sent
ben 2026-06-01 12:00 login
ben 2026-06-02 13:00 mail_sent
ben 2026-06-03 13:00 mail_sent
ben 2026-06-04 13:00 mail_sent
ben 2026-06-05 13:00 mail_sent
ben 2026-06-05 14:00 mail_opened
cho 2026-06-01 12:00 login
cho 2026-06-02 12:00 login
cho 2026-06-03 12:00 login
cho 2026-06-02 13:00 inquired
cho 2026-06-03 13:00 inquired
cho 2026-06-04 13:00 inquired
ask 2026-06-04 13:00 at-risk-by-points -> nobody
ask 2026-06-05 13:00 at-risk-by-points -> aya ben
ask 2026-06-05 14:00 at-risk-by-points -> aya
# The login of June 1 leaves; two days are left, and the three inquiries still count.
ask 2026-07-01 12:00 at-risk-by-points -> aya cho

== Template: no answer to the survey | ひな形：アンケートに5日返事がない
template no-answer-to-survey
aya 2026-06-01 12:00 mail_sent {"campaign": "ご利用状況アンケート"}
ben 2026-06-01 12:00 mail_sent {"campaign": "ご利用状況アンケート"}
ben 2026-06-06 12:00 survey_answered
cho 2026-06-01 12:00 mail_sent {"campaign": "新製品のお知らせ"}
dan 2026-06-01 12:00 mail_sent {"campaign": "ご利用状況アンケート"}
dan 2026-06-08 12:00 survey_answered
ask 2026-06-06 11:59:59.999 no-answer-to-survey -> nobody
ask 2026-06-06 12:00 no-answer-to-survey -> aya dan
ask 2026-06-08 12:00 no-answer-to-survey -> aya

== Template: existing customers without a login | ひな形：30日ログインのない既存顧客
template existing-quiet-30-days
aya 2026-06-01 12:00 is {"customer_kind": "existing"}
aya 2026-06-01 12:00 login
ben 2026-06-01 12:00 is {"customer_kind": "new"}
ask 2026-07-01 11:59:59.999 existing-quiet-30-days -> nobody
ask 2026-07-01 12:00 existing-quiet-30-days -> aya

== Template: came back from dormancy | ひな形：休眠から戻った
template came-back
aya 2026-01-10 12:00 purchased
aya 2026-08-01 12:00 purchased
ben 2026-05-10 12:00 purchased
ben 2026-08-01 12:00 purchased
ask 2026-08-01 11:59:59.999 came-back -> nobody
ask 2026-08-01 12:00 came-back -> aya
ask 2026-08-31 11:59:59.999 came-back -> aya
ask 2026-08-31 12:00 came-back -> nobody
