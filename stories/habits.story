# Habits: regularly, one measure as a share of another, topics, and what stands in where nothing is known.

== Twice a week in three of the last four weeks | 直近4週のうち3週で週2回
define steady {"regularly": "login", "every": "1w", "periods": 4, "in_at_least": 3, "count": {"at_least": 2}}
# Weeks before June 29: (22, 29], (15, 22], (8, 15], (1, 8], each from noon to noon. A minute before noon of the 24th only
# the last one has two logins.
aya 2026-06-02 12:00 login
aya 2026-06-03 12:00 login
aya 2026-06-16 12:00 login
aya 2026-06-17 12:00 login
aya 2026-06-23 12:00 login
aya 2026-06-24 12:00 login
ben 2026-06-23 12:00 login
ben 2026-06-24 12:00 login
ben 2026-06-25 12:00 login
ben 2026-06-26 12:00 login
ask 2026-06-24 11:59:59.999 steady -> nobody
ask 2026-06-24 12:00 steady -> aya
ask 2026-06-29 12:00 steady -> aya
# Four weeks after June 2 its login leaves the last period.
ask 2026-06-30 11:59:59.999 steady -> aya
ask 2026-06-30 12:00 steady -> nobody

== A period ends with its last instant and begins after its first | 期間は終わりを含み、始まりを含まない
define both {"regularly": "login", "every": "1d", "periods": 2}
aya 2026-06-01 12:00 login
aya 2026-06-02 12:00 login
ask 2026-06-02 12:00 both -> aya
ask 2026-06-03 11:59:59.999 both -> aya
ask 2026-06-03 12:00 both -> nobody

== Quiet weeks can be counted as well | 静かな週も数えられる
define mostly-quiet {"regularly": "login", "every": "1w", "periods": 3, "in_at_least": 2, "count": {"exactly": 0}}
aya 2026-06-01 12:00 call
aya 2026-06-10 12:00 login
ask 2026-06-10 12:00 mostly-quiet -> aya ben
ben 2026-06-09 12:00 login
ben 2026-06-10 12:00 login
ben 2026-06-17 12:00 login
ask 2026-06-17 12:00 mostly-quiet -> aya
ask 2026-06-30 12:00 mostly-quiet -> aya
ask 2026-07-01 12:00 mostly-quiet -> aya ben

== Opens the mail but seldom clicks | 開封は多いがクリックは少ない
define lukewarm {"ratio": {"event": "mail_clicked"}, "over": {"event": "mail_opened"}, "percent": {"less_than": 25}, "base_at_least": 4, "last": "30d"}
define warm {"not": {"ratio": {"event": "mail_clicked"}, "over": {"event": "mail_opened"}, "percent": {"less_than": 25}, "base_at_least": 4, "last": "30d"}}
aya 2026-06-01 12:00 mail_opened
aya 2026-06-02 12:00 mail_opened
aya 2026-06-03 12:00 mail_opened
aya 2026-06-04 12:00 mail_opened
ben 2026-06-01 12:00 mail_opened
ben 2026-06-02 12:00 mail_opened
ben 2026-06-03 12:00 mail_opened
ben 2026-06-04 12:00 mail_opened
ben 2026-06-04 13:00 mail_clicked
cho 2026-06-04 12:00 mail_opened
ask 2026-06-10 12:00 lukewarm -> aya
ask 2026-06-10 12:00 warm -> ben cho
# With the first of June gone only three opens are left.
ask 2026-07-01 12:00 lukewarm -> nobody

== A third is a third: shares are compared by multiplying | 割り算をしないので1/3はちょうど1/3
define exactly {"ratio": {"measure": "sum", "of": "amount", "event": "bought", "where": [{"property": "kind", "is": "a"}]},
  "over": {"measure": "average", "of": "amount", "event": "bought"}, "percent": {"exactly": "100"}}
aya 2026-06-01 12:00 bought {"kind": "a", "amount": 1}
aya 2026-06-02 12:00 bought {"kind": "b", "amount": 1}
aya 2026-06-03 12:00 bought {"kind": "b", "amount": 1}
ben 2026-06-01 12:00 bought {"kind": "a", "amount": 1}
ben 2026-06-02 12:00 bought {"kind": "b", "amount": 1}
ben 2026-06-03 12:00 bought {"kind": "b", "amount": 1.0000000001}
cho 2026-06-01 12:00 bought {"kind": "a"}
ask 2026-06-04 12:00 exactly -> aya

== A topic came up, and was not denied | 話題が出た。否定は数えない
define rival {"mentions": "rival", "last": "30d"}
define either {"mentions": ["rival", "cancel"], "count": {"at_least": 2}, "last": "30d"}
define never {"not": {"mentions": "rival"}}
aya 2026-06-01 12:00 mentioned {"topic": "rival"}
aya 2026-06-05 12:00 mentioned {"topic": "cancel", "negated": false}
ben 2026-06-01 12:00 mentioned {"topic": "rival", "negated": true}
cho 2026-06-01 12:00 mentioned {"topic": "price"}
dan 2026-06-01 12:00 rival {"topic": "rival"}
ask 2026-06-10 12:00 rival -> aya
ask 2026-06-10 12:00 either -> aya
ask 2026-06-10 12:00 never -> ben cho dan
ask 2026-07-01 11:59:59.999 rival -> aya
ask 2026-07-01 12:00 rival -> nobody
ask 2026-07-01 12:00 either -> nobody

== What holds for those without any such event is said with the leaf | 一度もない人をどうするかは条件に書く
define new-or-never {"first": "bought", "last": "7d", "if_none": true}
define new-only {"first": "bought", "last": "7d"}
define not-refused {"last": "called", "has": [{"property": "result", "is_not": "refused"}], "if_none": true}
define reached {"last": "called", "has": [{"property": "result", "is_not": "refused"}]}
aya 2026-06-01 12:00 bought
ben 2026-06-01 12:00 called {"result": "refused"}
cho 2026-06-01 12:00 called {"result": "reached"}
ask 2026-06-02 12:00 new-or-never -> aya ben cho
ask 2026-06-02 12:00 new-only -> aya
ask 2026-06-08 12:00 new-or-never -> ben cho
ask 2026-06-02 12:00 not-refused -> aya cho
ask 2026-06-02 12:00 reached -> cho

== The usual gap may come from the customer or from what was bought last | 既定の間隔は顧客や最後の商品から
define by-customer {"rhythm": "bought", "gaps_at_least": 2, "default_gap": {"attribute": "refill", "else": "20d"}}
define by-product {"rhythm": "bought", "gaps_at_least": 2, "default_gap": {"property": "lasts"}}
aya 2026-06-01 12:00 is {"refill": 10}
aya 2026-06-01 12:00 bought {"lasts": "5"}
ben 2026-06-01 12:00 bought {"lasts": 2.5}
ben 2026-06-02 12:00 bought {"lasts": 0.5}
cho 2026-06-01 12:00 is {"refill": "soon"}
cho 2026-06-01 12:00 bought {"lasts": -1}
ask 2026-06-03 00:00 by-product -> nobody
ask 2026-06-03 00:00:00.001 by-product -> ben
ask 2026-06-06 12:00:00.001 by-product -> aya ben
ask 2026-06-11 12:00 by-customer -> nobody
ask 2026-06-11 12:00:00.001 by-customer -> aya
ask 2026-06-21 12:00:00.001 by-customer -> aya cho
ask 2026-06-22 12:00:00.001 by-customer -> aya ben cho
