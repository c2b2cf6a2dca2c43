# First, last, one after another, against before, and against one's own rhythm.

== Only the last one decides | 最後の一つだけが決める
define joined {"last": "sub", "has": [{"property": "action", "is": "join"}]}
aya 2026-06-15 10:00 sub {"action": "join"}
aya 2026-06-15 13:00 sub {"action": "leave"}
aya 2026-06-15 14:00 sub {"action": "join"}
ben 2026-06-15 11:00 call
ask 2026-06-15 12:00 joined -> aya
ask 2026-06-15 13:01 joined -> nobody
ask 2026-06-15 14:01 joined -> aya

== The last one lies in a window | 最後の一つが期間の中
define lately {"last": "sub", "has": [{"property": "action", "is": "join"}], "in_last": "2d"}
define this-month {"last": "sub", "window": {"calendar": "this_month"}}
define long-ago {"last": "sub", "window": {"older_than": "2d"}}
aya 2026-06-29 12:00 sub {"action": "join"}
ask 2026-06-30 23:59:59.999 lately -> aya
ask 2026-06-30 23:59:59.999 this-month -> aya
ask 2026-07-01 00:00 this-month -> nobody
ask 2026-07-01 11:59:59.999 lately -> aya
ask 2026-07-01 12:00 lately -> nobody
ask 2026-07-01 11:59:59.999 long-ago -> nobody
ask 2026-07-01 12:00 long-ago -> aya

== For the first time in the last week | 直近1週間に初めて
define new {"first": "view", "last": "1w"}
p1 2026-05-26 12:00 view
p1 2026-06-11 12:00 view
p2 2026-06-11 12:00 view
p3 2026-06-11 12:00 call
ask 2026-06-11 11:59:59.999 new -> nobody
ask 2026-06-15 12:00 new -> p2
ask 2026-06-18 12:00 new -> nobody

== The first that matches, and an older one that comes late | 条件に合う最初の一つと、遅れて届いた古い一つ
define new-web {"first": "bought", "where": [{"property": "shop", "is": "web"}], "last": "1w"}
aya 2026-05-01 12:00 bought {"shop": "store"}
aya 2026-06-11 12:00 bought {"shop": "web"}
aya 2026-05-02 12:00 bought {"shop": "web"} received 2026-06-13 12:00
ask 2026-06-12 12:00 new-web -> aya
ask 2026-06-13 12:00 new-web -> nobody

== One thing and within three days the other, in the last week | 3日以内に続けて、直近7日に
define pair {"sequence": [{"event": "view"}, {"event": "view", "within": "3d"}], "last": "7d"}
p1 2026-06-13 11:00 view
p1 2026-06-15 11:00 view
p2 2026-06-13 12:00 view
p3 2026-06-11 11:00 view
p3 2026-06-15 11:00 view
p4 2026-05-09 12:00 view
p4 2026-05-11 12:00 view
p5 2026-06-12 11:00 view
p5 2026-06-15 11:00 view
ask 2026-06-15 12:00 pair -> p1 p5
ask 2026-06-19 11:00 pair -> p1
ask 2026-06-20 10:59:59.999 pair -> p1
ask 2026-06-20 12:00 pair -> nobody

== Steps may have equal times, but are different events | 同じ時刻でもよいが、別々の出来事
define twice {"sequence": [{"event": "view"}, {"event": "view"}]}
define mixed {"sequence": [{"event": "*"}, {"event": "view"}, {"event": "sent"}]}
aya 2026-06-15 12:00 view
ben 2026-06-15 12:00 view
ben 2026-06-15 12:00 view
cho 2026-06-15 12:00 sent
cho 2026-06-15 12:00 view
dan 2026-06-15 12:00 sent
dan 2026-06-15 12:00 view
dan 2026-06-15 12:00 call
ask 2026-06-15 12:00 twice -> ben
ask 2026-06-15 12:00 mixed -> dan

== The other way round is no sequence | 逆の順では成り立たない
define then {"sequence": [{"event": "view"}, {"event": "sent"}]}
aya 2026-06-15 12:00 sent
aya 2026-06-15 12:00:00.001 view
ask 2026-06-15 13:00 then -> nobody

== Three steps, where the nearest first one would not do | 3段階、直前の一歩では足りないとき
define trio {"sequence": [{"event": "a"}, {"event": "b", "within": "1h"}, {"event": "c", "within": "1h"}]}
aya 2026-06-15 12:00 a
aya 2026-06-15 12:30 b
aya 2026-06-15 13:10 a
aya 2026-06-15 13:30 c
ben 2026-06-15 12:00 a
ben 2026-06-15 12:30 b
ben 2026-06-15 13:30:00.001 c
ask 2026-06-15 14:00 trio -> aya

== Nothing of that kind between the first step and the last | 最初と最後の間に、それがない
define straight {"sequence": [{"event": "quote"}, {"event": "order"}], "never_between": {"event": "complaint"}}
aya 2026-06-15 12:00 quote
aya 2026-06-15 13:00 order
ben 2026-06-15 12:00 quote
ben 2026-06-15 12:30 complaint
ben 2026-06-15 13:00 order
cho 2026-06-15 12:00 quote
cho 2026-06-15 12:00 complaint
cho 2026-06-15 13:00 complaint
cho 2026-06-15 13:00 order
dan 2026-06-15 12:00 quote
dan 2026-06-15 12:30 complaint
dan 2026-06-15 12:40 quote
dan 2026-06-15 13:00 order
ask 2026-06-15 14:00 straight -> aya cho dan

== A step that comes again at the very instant of what must not be between | 間にあってはならないものと同じ瞬間にやり直した一歩
define straight {"sequence": [{"event": "a"}, {"event": "b"}, {"event": "c"}], "never_between": {"event": "x"}}
aya 2026-06-15 12:00 a
aya 2026-06-15 13:00 a
aya 2026-06-15 13:00 b
aya 2026-06-15 13:00 x
aya 2026-06-15 14:00 c
ben 2026-06-15 12:00 a
ben 2026-06-15 13:00 b
ben 2026-06-15 13:00 x
ben 2026-06-15 14:00 c
ask 2026-06-15 14:00 straight -> aya

== Nothing of that kind since | その後に、それがない
define open {"sequence": [{"event": "asked"}], "never_since": {"event": "answered"}}
aya 2026-06-15 12:00 asked
aya 2026-06-15 13:00 answered
aya 2026-06-15 14:00 asked
ben 2026-06-15 12:00 asked
ben 2026-06-15 12:00 answered
ask 2026-06-15 12:30 open -> aya ben
ask 2026-06-15 13:30 open -> ben
ask 2026-06-15 14:00 open -> aya ben

== A quote, and then three days of silence | 見積のあと3日音沙汰がない
define waiting {"sequence": [{"event": "quote"}], "then_no": {"event": "reply", "for": "3d"}}
aya 2026-06-15 12:00 quote
ben 2026-06-15 12:00 quote
ben 2026-06-18 12:00 reply
cho 2026-06-15 12:00 quote
cho 2026-06-18 12:00:00.001 reply
ask 2026-06-18 11:59:59.999 waiting -> nobody
ask 2026-06-18 12:00 waiting -> aya cho
ask 2026-06-25 12:00 waiting -> aya cho

== Half as often as the month before, when there was enough before | 前月の半分以下、ただし前月が十分あるとき
define fading {"trend": {"event": "login"}, "now": {"calendar": "this_month"}, "before": {"calendar": "last_month"},
  "is": {"at_most": {"percent": 50}}, "base_at_least": 4}
aya 2026-05-01 12:00 login
aya 2026-05-02 12:00 login
aya 2026-05-03 12:00 login
aya 2026-05-04 12:00 login
aya 2026-06-01 12:00 login
aya 2026-06-02 12:00 login
aya 2026-06-03 12:00 login
ben 2026-05-01 12:00 login
ben 2026-05-02 12:00 login
ben 2026-05-03 12:00 login
cho 2026-06-03 12:00 login
ask 2026-06-01 00:00 fading -> aya
ask 2026-06-02 12:00 fading -> aya
ask 2026-06-03 12:00 fading -> nobody
ask 2026-07-01 00:00 fading -> nobody

== More than before: by percent, by a number, and from nothing | 前より増えた：割合、差、ゼロから
define half-more {"trend": {"event": "paid", "measure": "sum", "of": "amount"}, "now": {"last": "7d"},
  "before": {"ago": ["14d", "7d"]}, "is": {"at_least": {"percent": 150}}, "base_at_least": 1}
define two-more {"trend": {"event": "paid"}, "now": {"last": "7d"}, "before": {"ago": ["14d", "7d"]},
  "is": {"at_least": {"plus": 2}}, "base_at_least": 0}
aya 2026-06-01 12:00 paid {"amount": 100}
aya 2026-06-08 12:00 paid {"amount": 150}
ben 2026-06-08 12:00 paid {"amount": 150}
ben 2026-06-08 12:00 paid {"amount": 150}
cho 2026-06-01 12:00 paid {"amount": 100}
cho 2026-06-08 12:00 paid {"amount": 149.99}
ask 2026-06-08 12:00 half-more -> aya
ask 2026-06-08 12:00 two-more -> ben
ask 2026-06-15 12:00 two-more -> nobody

== Later than one's own rhythm | 自分の間隔より遅れている
define overdue {"rhythm": "bought", "overdue_by": "1.5", "gaps_at_least": 2}
aya 2026-06-01 12:00 bought
aya 2026-06-03 12:00 bought
aya 2026-06-13 12:00 bought
# Gaps of 2 and 10 days: the median is 6 days, 1.5 times that is 9.
ask 2026-06-22 12:00 overdue -> nobody
ask 2026-06-22 12:00:00.001 overdue -> aya

== The lines of one order are one occasion | 一つの注文の明細は一度
define overdue {"rhythm": "bought", "overdue_by": "1", "gaps_at_least": 2}
aya 2026-06-01 12:00 bought
aya 2026-06-01 12:00 bought
aya 2026-06-03 12:00 bought
aya 2026-06-05 12:00 bought
aya 2026-06-05 12:00 bought
ask 2026-06-07 12:00 overdue -> nobody
ask 2026-06-07 12:00:00.001 overdue -> aya

== Too few gaps: the default stands in, or nobody is overdue | 間隔が足りなければ既定の間隔、それもなければ対象外
define with-default {"rhythm": "bought", "overdue_by": "1", "gaps_at_least": 2, "default_gap": "10d"}
define without {"rhythm": "bought", "overdue_by": "1", "gaps_at_least": 2}
aya 2026-06-01 12:00 bought
aya 2026-06-03 12:00 bought
ben 2026-06-01 12:00 call
ask 2026-06-13 12:00 with-default -> nobody
ask 2026-06-13 12:00:00.001 with-default -> aya
ask 2026-09-01 12:00 without -> nobody
