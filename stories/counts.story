# How often something happened, and how much it was.

== Never done: known people who did other things are in, until the first time | 一度もない人は入り、一度目で出る
define never {"event": "login", "count": {"exactly": 0}}
aya 2026-06-15 11:59:59 call
aya 2026-06-15 12:00:03 login
ben 2026-06-15 11:59:59 login
ask 2026-06-15 12:00:00 never -> aya
ask 2026-06-15 12:00:02.999 never -> aya
ask 2026-06-15 12:00:03 never -> nobody

== Not done lately: time alone brings people in | 直近にない人は、時が経つだけで入る
define quiet {"event": "login", "count": {"exactly": 0}, "last": "500s"}
aya 2026-06-15 11:59:59 call
ben 2026-06-15 11:59:59 login
ask 2026-06-15 12:00:00 quiet -> aya
ask 2026-06-15 12:08:18.999 quiet -> aya
ask 2026-06-15 12:08:19 quiet -> aya ben

== Less than two lately counts nobody's events as well | 2回未満には0回も含む
define few {"event": "login", "count": {"less_than": 2}, "last": "500s"}
aya 2026-06-15 11:59:59 call
ben 2026-06-15 11:59:59 login
ben 2026-06-15 11:59:58 login
ask 2026-06-15 12:00:00 few -> aya
ask 2026-06-15 12:08:17.999 few -> aya
ask 2026-06-15 12:08:18 few -> aya ben

== Every comparison of a count, over none, one, three and five | 件数の比べ方すべて
define three-or-more {"event": "order", "count": {"at_least": 3}}
define three-or-fewer {"event": "order", "count": {"at_most": 3}}
define three {"event": "order", "count": {"exactly": 3}}
define none {"event": "order", "count": {"exactly": 0}}
define at-most-none {"event": "order", "count": {"at_most": 0}}
define one-to-three {"event": "order", "count": {"between": [1, 3]}}
define more-than-three {"event": "order", "count": {"more_than": 3}}
define any-number {"event": "order", "count": {"at_least": 0}}
c0 2026-06-15 03:00 is {"size": 1}
c1 2026-06-15 11:00 order
c3 2026-06-15 11:00 order
c3 2026-06-15 10:00 order
c3 2026-06-15 09:00 order
c5 2026-06-15 07:00 order
c5 2026-06-15 08:00 order
c5 2026-06-15 09:00 order
c5 2026-06-15 10:00 order
c5 2026-06-15 11:00 order
ask 2026-06-15 12:00 three-or-more -> c3 c5
ask 2026-06-15 12:00 three-or-fewer -> c0 c1 c3
ask 2026-06-15 12:00 three -> c3
ask 2026-06-15 12:00 none -> c0
ask 2026-06-15 12:00 at-most-none -> c0
ask 2026-06-15 12:00 one-to-three -> c1 c3
ask 2026-06-15 12:00 more-than-three -> c5
ask 2026-06-15 12:00 any-number -> c0 c1 c3 c5

== Exactly one in a calendar window: in, out, in by time, out by time | ちょうど1回は、時だけで入り直し、時だけで出る
zone UTC
define once {"event": "view", "count": {"exactly": 1}, "last_days": 7}
aya 2026-05-20 10:00 view
aya 2026-05-23 10:00 view
ask 2026-05-20 11:00 once -> aya
ask 2026-05-23 11:00 once -> nobody
ask 2026-05-27 23:59:59.999 once -> nobody
ask 2026-05-28 00:00 once -> aya
ask 2026-05-30 23:59:59.999 once -> aya
ask 2026-05-31 00:00 once -> nobody

== A name that ends in a star stands for all that begin so | 前方一致の出来事名
define twice {"event": "form_*", "count": {"at_least": 2}}
define anything {"event": "*", "count": {"at_least": 2}}
aya 2026-06-15 11:59:58 form_opened
aya 2026-06-15 11:59:59 form_sent
ben 2026-06-15 11:59:59 form_sent
cho 2026-06-15 11:59:59 reform_
cho 2026-06-15 11:59:58 reform_
dan 2026-06-15 11:59:58 form
dan 2026-06-15 11:59:59 form_sent
ask 2026-06-15 12:00 twice -> aya
ask 2026-06-15 12:00 anything -> aya cho dan

== Filters, window and count are about the same events | 絞り込み・期間・回数は同じ出来事について
define big-twice {"event": "bought", "where": [{"property": "amount", "at_least": 100}],
  "count": {"at_least": 2}, "last": "10d"}
define both {"event": "bought", "where": [{"property": "amount", "at_least": 100}, {"property": "shop", "is": "web"}]}
aya 2026-06-13 12:00 bought {"amount": 100, "shop": "web"}
aya 2026-06-14 12:00 bought {"amount": 200}
ben 2026-06-13 12:00 bought {"amount": 99}
ben 2026-06-14 12:00 bought {"amount": 200}
ben 2026-06-14 13:00 bought {"amount": 1, "shop": "web"}
cho 2026-06-01 12:00 bought {"amount": 500}
cho 2026-06-14 12:00 bought {"amount": 500}
ask 2026-06-15 12:00 big-twice -> aya
ask 2026-06-15 12:00 both -> aya

== A later event that fails the filter takes nobody out | 条件に合わない後の出来事は、前の出来事を消さない
define bought-big {"event": "bought", "where": [{"property": "amount", "at_least": 100}]}
aya 2026-06-13 12:00 bought {"amount": 200}
aya 2026-06-14 12:00 bought {"amount": 50}
ask 2026-06-15 12:00 bought-big -> aya

== The contact an event is about can be asked for | 出来事の関係者で絞り込む
define by-p1 {"event": "visited", "where": [{"property": "contact", "is": "p1"}], "count": {"at_least": 2}}
define people {"measure": "distinct", "of": "contact", "event": "visited", "is": {"at_least": 2}}
acme 2026-06-01 10:00 visited by p1
acme 2026-06-02 10:00 visited by p1
bolt 2026-06-01 10:00 visited by p1
bolt 2026-06-02 10:00 visited by p2
ask 2026-06-15 12:00 by-p1 -> acme
ask 2026-06-15 12:00 people -> bolt

== Sums are exact, and nothing sums to nought | 合計は小数まで正確、何もなければ0
define three-tenths {"measure": "sum", "of": "amount", "event": "paid", "is": {"exactly": "0.3"}}
define nothing {"measure": "sum", "of": "amount", "event": "paid", "is": {"at_most": 0}}
define lately {"measure": "sum", "of": "amount", "event": "paid", "is": {"more_than": "0.1"}, "last": "2d"}
aya 2026-06-01 10:00 paid {"amount": 0.1}
aya 2026-06-02 10:00 paid {"amount": "0.2"}
ben 2026-06-02 10:00 paid {"amount": "a lot"}
cho 2026-06-02 10:00 call
dan 2026-06-02 10:00 paid {"amount": 5}
dan 2026-06-02 10:00 paid {"amount": -5}
ask 2026-06-03 12:00 three-tenths -> aya
ask 2026-06-03 12:00 nothing -> ben cho dan
ask 2026-06-03 12:00 lately -> aya
ask 2026-06-04 10:00 lately -> nobody

== Averages are compared without dividing, and need a value | 平均は割らずに比べ、値がなければ成り立たない
define third {"measure": "average", "of": "stars", "event": "rated", "is": {"at_least": "3.33333333333333333333"}}
define ten-thirds {"measure": "average", "of": "stars", "event": "rated", "is": {"less_than": "3.33333333333333333334"}}
define low {"measure": "average", "of": "stars", "event": "rated", "is": {"at_most": 5}}
aya 2026-06-01 10:00 rated {"stars": 3}
aya 2026-06-02 10:00 rated {"stars": 3}
aya 2026-06-03 10:00 rated {"stars": 4}
aya 2026-06-03 11:00 rated {}
ben 2026-06-03 10:00 rated {"stars": "good"}
cho 2026-06-03 10:00 call
ask 2026-06-04 10:00 third -> aya
ask 2026-06-04 10:00 ten-thirds -> aya
ask 2026-06-04 10:00 low -> aya

== Least and greatest values, which none have who have no value | 最小と最大。値がない人はどちらにも入らない
define least-below {"measure": "least", "of": "amount", "event": "paid", "is": {"less_than": 10}}
define most-below {"measure": "most", "of": "amount", "event": "paid", "is": {"less_than": 10}}
aya 2026-06-01 10:00 paid {"amount": 9}
aya 2026-06-02 10:00 paid {"amount": 90}
ben 2026-06-02 10:00 paid {"amount": 9}
cho 2026-06-02 10:00 paid
ask 2026-06-04 10:00 least-below -> aya ben
ask 2026-06-04 10:00 most-below -> ben

== Different values and local days are counted once each | 値の種類と日数は一つずつ数える
define two-pages {"measure": "distinct", "of": "page", "event": "viewed", "is": {"exactly": 2}}
define two-days {"measure": "days", "event": "viewed", "is": {"at_least": 2}, "last": "7d"}
aya 2026-06-01 10:00 viewed {"page": "top"}
aya 2026-06-01 11:00 viewed {"page": "price"}
aya 2026-06-01 12:00 viewed {"page": "top"}
aya 2026-06-01 13:00 viewed {"page": ""}
ben 2026-06-01 23:59:59 viewed {"page": "top"}
ben 2026-06-02 00:00 viewed {"page": "top"}
cho 2026-06-01 00:00 viewed {"page": "7"}
cho 2026-06-01 23:59:59.999 viewed {"page": 7}
ask 2026-06-03 10:00 two-pages -> aya
ask 2026-06-03 10:00 two-days -> ben

== Days are the days of the workspace, not of the clock in Greenwich | 日数は現地の日で数える
zone America/New_York
define two-days {"measure": "days", "event": "viewed", "is": {"at_least": 2}}
aya 2026-06-01T23:00:00Z viewed
aya 2026-06-02T03:59:59Z viewed
ben 2026-06-02T03:59:59Z viewed
ben 2026-06-02T04:00:00Z viewed
ask 2026-06-03 10:00 two-days -> ben
