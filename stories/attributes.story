# What customers are.

== Missing is missing, whether absent, empty or taken away | ないものはない：未設定・空文字・取り消し
define no-mail {"attribute": "mail", "exists": false}
u1 2026-06-15 11:59:59 is {"mail": "a@example.com"}
u2 2026-06-15 11:59:59 is {"mail": ""}
u2 2026-06-15 12:00:05 is {"mail": "b@example.com"}
u3 2026-06-15 11:59:59 is {}
u4 2026-06-15 11:59:59 is {}
u4 2026-06-15 12:00:02 is {"mail": "d@example.com"}
u4 2026-06-15 12:00:05 is {"plan": "pro"}
u5 2026-06-15 11:59:59 is {"mail": "e@example.com"}
u5 2026-06-15 12:00:05 is {"mail": null}
ask 2026-06-15 12:00:00 no-mail -> u2 u3 u4
ask 2026-06-15 12:00:03 no-mail -> u2 u3
ask 2026-06-15 12:00:06 no-mail -> u3 u5

== Every negative comparison is the exact complement | 否定の比較は肯定のちょうど反対
define is {"attribute": "plan", "is": "pro"}
define is-not {"attribute": "plan", "is_not": "pro"}
define in {"attribute": "plan", "in": ["pro", "max"]}
define not-in {"attribute": "plan", "not_in": ["pro", "max"]}
define contains {"attribute": "plan", "contains": "ro"}
define contains-not {"attribute": "plan", "does_not_contain": "ro"}
define exists {"attribute": "plan", "exists": true}
define exists-not {"attribute": "plan", "exists": false}
aya 2026-06-15 12:00 is {"plan": "pro"}
ben 2026-06-15 12:00 is {"plan": "max"}
cho 2026-06-15 12:00 is {"plan": "free"}
dan 2026-06-15 12:00 is {"other": 1}
eva 2026-06-15 12:00 is {"plan": true}
ask 2026-06-15 12:00 is -> aya
ask 2026-06-15 12:00 is-not -> ben cho dan eva
ask 2026-06-15 12:00 in -> aya ben
ask 2026-06-15 12:00 not-in -> cho dan eva
ask 2026-06-15 12:00 contains -> aya
ask 2026-06-15 12:00 contains-not -> ben cho dan eva
ask 2026-06-15 12:00 exists -> aya ben cho eva
ask 2026-06-15 12:00 exists-not -> dan

== Ordered comparisons need a number on both sides | 大小の比較には両側に数が要る
define below {"attribute": "age", "less_than": 18}
define up {"attribute": "age", "at_least": 18}
define either {"any": [{"attribute": "age", "less_than": 18}, {"attribute": "age", "at_least": 18}]}
define middle {"attribute": "age", "between": [3, 18]}
define against-nothing {"attribute": "age", "at_least": {"attribute": "limit"}}
define not-against-nothing {"not": {"attribute": "age", "at_least": {"attribute": "limit"}}}
u1 2026-06-15 12:00 is {"age": "20"}
u2 2026-06-15 12:00 is {"age": "abc"}
u3 2026-06-15 12:00 is {"age": ""}
u4 2026-06-15 12:00 is {"age": "3"}
u5 2026-06-15 12:00 is {"age": true}
u6 2026-06-15 12:00 is {"age": 18.0}
ask 2026-06-15 12:00 below -> u4
ask 2026-06-15 12:00 up -> u1 u6
ask 2026-06-15 12:00 either -> u1 u4 u6
ask 2026-06-15 12:00 middle -> u4 u6
ask 2026-06-15 12:00 against-nothing -> nobody
ask 2026-06-15 12:00 not-against-nothing -> u1 u2 u3 u4 u5 u6

== A number is the same as the text that spells it | 数とそれを書いた文字は同じ
define seven {"attribute": "code", "is": 7}
define seven-text {"attribute": "code", "is": "7"}
define yes {"attribute": "vip", "is": "true"}
aya 2026-06-15 12:00 is {"code": "7", "vip": true}
ben 2026-06-15 12:00 is {"code": 7, "vip": "true"}
cho 2026-06-15 12:00 is {"code": "07", "vip": false}
ask 2026-06-15 12:00 seven -> aya ben cho
ask 2026-06-15 12:00 seven-text -> aya ben
ask 2026-06-15 12:00 yes -> aya ben

== Texts that begin and end so | 文字の始まりと終わり
define begins {"attribute": "name", "starts_with": "株式会社"}
define ends {"attribute": "name", "ends_with": "商事"}
a 2026-06-15 12:00 is {"name": "株式会社山田商事"}
b 2026-06-15 12:00 is {"name": "山田商事"}
c 2026-06-15 12:00 is {"name": 7}
ask 2026-06-15 12:00 begins -> a
ask 2026-06-15 12:00 ends -> a b

== A part of another attribute: four fifths of the seats | 別の属性の8割以上
define nearly-full {"attribute": "used", "at_least": {"attribute": "seats", "times": "0.8"}}
aya 2026-06-15 12:00 is {"used": 8, "seats": 10}
aya 2026-06-16 12:00 is {"seats": 11}
ben 2026-06-15 12:00 is {"used": 7, "seats": 10}
ben 2026-06-17 12:00 is {"used": 8}
ask 2026-06-15 12:00 nearly-full -> aya
ask 2026-06-16 12:00 nearly-full -> nobody
ask 2026-06-17 12:00 nearly-full -> ben

== Unchanged for a week: hearing it again does not restart the clock | 7日間同じ値：再送で時計は戻らない
define settled {"attribute": "stage", "is": "trial", "held": {"at_least": "7d"}}
define fresh {"attribute": "stage", "is": "trial", "held": {"less_than": "7d"}}
aya 2026-06-15 12:00 is {"stage": "trial"}
aya 2026-06-22 12:01 is {"stage": "trial"}
aya 2026-06-22 12:05 is {"stage": "active"}
ask 2026-06-15 12:00:01 settled -> nobody
ask 2026-06-15 12:00:01 fresh -> aya
ask 2026-06-22 11:59:59.999 settled -> nobody
ask 2026-06-22 12:00 settled -> aya
ask 2026-06-22 12:00 fresh -> nobody
ask 2026-06-22 12:02 settled -> aya
ask 2026-06-22 12:06 settled -> nobody
ask 2026-06-22 12:06 fresh -> nobody

== Another value between, or none, restarts the clock | 間に別の値や取り消しがあれば数え直す
define settled {"attribute": "stage", "is": "trial", "held": {"at_least": "7d"}}
aya 2026-06-01 12:00 is {"stage": "trial"}
aya 2026-06-05 12:00 is {"stage": null}
aya 2026-06-06 12:00 is {"stage": "trial"}
ask 2026-06-08 12:00 settled -> nobody
ask 2026-06-13 11:59:59.999 settled -> nobody
ask 2026-06-13 12:00 settled -> aya

== The value is the latest by when it happened, not by when we heard | 値は知った順ではなく起きた順
define pro {"attribute": "plan", "is": "pro"}
aya 2026-06-10 12:00 is {"plan": "pro"}
aya 2026-06-05 12:00 is {"plan": "free"} received 2026-06-11 12:00
ben 2026-06-10 12:00 is {"plan": "free"}
ben 2026-06-10 12:00 is {"plan": "pro"}
ask 2026-06-12 12:00 pro -> aya ben

== A change that lies in the future waits for its day | 未来の変更はその日まで待つ
define pro {"attribute": "plan", "is": "pro"}
aya 2026-06-10 12:00 is {"plan": "free"}
aya 2026-07-01 00:00 is {"plan": "pro"} received 2026-06-11 12:00
ask 2026-06-30 23:59:59.999 pro -> nobody
ask 2026-07-01 00:00 pro -> aya

== Due today turns at the workspace's midnight | 「今日が期日」は現地の0時に変わる
define due {"attribute": "due", "day_is": "today"}
define due-yesterday {"attribute": "due", "day_is": "yesterday"}
define due-tomorrow {"attribute": "due", "day_is": "tomorrow"}
aya 2026-01-01 00:00 is {"due": "2026-06-15"}
ben 2026-01-01 00:00 is {"due": "2026-06-14T15:30:00Z"}
cho 2026-01-01 00:00 is {"due": "soon"}
ask 2026-06-14T14:59:59.999Z due -> nobody
ask 2026-06-14T14:59:59.999Z due-tomorrow -> aya ben
ask 2026-06-14T15:00:00Z due -> aya ben
ask 2026-06-15T14:59:59.999Z due -> aya ben
ask 2026-06-15T15:00:00Z due -> nobody
ask 2026-06-15T15:00:00Z due-yesterday -> aya ben

== A day in the last week, and in the next month | 過去7日の日付、これから30日の日付
define was {"attribute": "visit", "day_in": {"last": "7d"}}
define will-be {"attribute": "visit", "day_in_next": "30d"}
define outside {"not": {"attribute": "visit", "day_in_next": "30d"}}
aya 2026-01-01 00:00 is {"visit": "2026-06-15"}
ben 2026-01-01 00:00 is {"visit": "2026-06-15T12:00:00"}
ask 2026-05-16 00:00 will-be -> aya
ask 2026-05-16 12:00 will-be -> aya ben
ask 2026-05-15 23:59:59.999 outside -> aya ben
ask 2026-06-14 23:59:59.999 will-be -> aya ben
ask 2026-06-15 00:00 will-be -> ben
ask 2026-06-15 00:00 was -> aya
ask 2026-06-15 12:00 was -> aya ben
ask 2026-06-22 00:00 was -> ben
ask 2026-06-22 12:00 was -> nobody

== The month of a date: a certain one, this one, the next | 日付の月：決まった月、今月、来月
define in-june {"attribute": "founded", "month_is": 6}
define this {"attribute": "founded", "month_is": "this"}
define next {"attribute": "founded", "month_is": "next"}
aya 2026-01-01 00:00 is {"founded": "1999-06-30"}
ben 2026-01-01 00:00 is {"founded": "1999-01-01"}
ask 2026-05-31 23:59:59.999 in-june -> aya
ask 2026-05-31 23:59:59.999 this -> nobody
ask 2026-05-31 23:59:59.999 next -> aya
ask 2026-06-01 00:00 this -> aya
ask 2026-06-30 23:59:59.999 this -> aya
ask 2026-07-01 00:00 this -> nobody
ask 2026-12-01 00:00 next -> ben

== Ages turn on the birthday; February 29 falls on the 28th in common years | 年齢は誕生日に変わる。2月29日生まれは平年は28日
define grown-up {"attribute": "born", "age": {"at_least": 20}}
define thirties {"attribute": "born", "age": {"at_least": 30, "at_most": 39}}
define minors {"attribute": "born", "age": {"at_most": 19}}
leap 2026-01-01 00:00 is {"born": "2008-02-29"}
aya 2026-01-01 00:00 is {"born": "1996-06-15"}
unborn 2026-01-01 00:00 is {"born": "2026-12-01"}
ask 2027-02-27 23:59:59.999 grown-up -> aya
ask 2028-02-28 23:59:59.999 grown-up -> aya
ask 2028-02-29 00:00 grown-up -> aya leap
ask 2027-02-28 00:00 minors -> leap unborn
ask 2026-06-14 23:59:59.999 thirties -> nobody
ask 2026-06-15 00:00 thirties -> aya
ask 2036-06-14 23:59:59.999 thirties -> aya
ask 2036-06-15 00:00 thirties -> nobody
ask 2026-11-30 23:59:59.999 minors -> leap

== Nineteen on February 28 of a common year | 平年の2月28日に19歳
define nineteen {"attribute": "born", "age": {"at_least": 19, "at_most": 19}}
leap 2026-01-01 00:00 is {"born": "2008-02-29"}
ask 2027-02-27 23:59:59.999 nineteen -> nobody
ask 2027-02-28 00:00 nineteen -> leap
ask 2028-02-28 23:59:59.999 nineteen -> leap
ask 2028-02-29 00:00 nineteen -> nobody

== What a contact is, the company is not | 関係者の属性は会社の属性ではない
define director {"attribute": "title", "is": "director"}
acme 2026-06-15 12:00 is {"title": "director"} by p1
bolt 2026-06-15 12:00 is {"title": "director"}
ask 2026-06-15 12:00 director -> bolt
