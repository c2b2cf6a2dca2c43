# Where customers stand: statuses, stays in segments, contacts, points, tags and shares.

== A status rose or fell | ステータスが上がった、下がった
define rose {"status": "stage", "order": ["lead", "trial", "paying"], "rose": {"last": "7d"}}
define fell {"status": "stage", "order": ["lead", "trial", "paying"], "fell": {"last": "7d"}}
define at-least-trial {"status": "stage", "order": ["lead", "trial", "paying"], "at_least": "trial"}
define at-most-trial {"status": "stage", "order": ["lead", "trial", "paying"], "at_most": "trial"}
aya 2026-06-01 12:00 is {"stage": "lead"}
aya 2026-06-05 12:00 is {"stage": "trial"}
aya 2026-06-06 12:00 is {"stage": "trial"}
ben 2026-06-01 12:00 is {"stage": "paying"}
ben 2026-06-03 12:00 is {"stage": null}
ben 2026-06-05 12:00 is {"stage": "lead"}
cho 2026-06-05 12:00 is {"stage": "trial"}
dan 2026-06-01 12:00 is {"stage": "lead"}
dan 2026-06-05 12:00 is {"stage": "unheard of"}
ask 2026-06-05 11:59:59.999 rose -> nobody
ask 2026-06-05 12:00 rose -> aya
ask 2026-06-12 11:59:59.999 rose -> aya
ask 2026-06-12 12:00 rose -> nobody
ask 2026-06-04 12:00 fell -> nobody
ask 2026-06-05 12:00 fell -> ben
ask 2026-06-05 12:00 at-least-trial -> aya cho
ask 2026-06-05 12:00 at-most-trial -> aya ben cho

== In and out again: both directions can be true of one week | 上がってまた下がった週
define rose {"status": "stage", "order": ["lead", "trial"], "rose": {"last": "7d"}}
define fell {"status": "stage", "order": ["lead", "trial"], "fell": {"last": "7d"}}
aya 2026-06-01 12:00 is {"stage": "lead"}
aya 2026-06-02 12:00 is {"stage": "trial"}
aya 2026-06-03 12:00 is {"stage": "lead"}
ask 2026-06-04 12:00 rose -> aya
ask 2026-06-04 12:00 fell -> aya
ask 2026-06-09 12:00 rose -> nobody
ask 2026-06-09 12:00 fell -> aya

== Since when a customer is in another segment, by time alone | ほかのセグメントにいつから入っているか
define quiet {"event": "login", "count": {"exactly": 0}, "last": "10d"}
define long-quiet {"segment": "quiet", "held": {"at_least": "5d"}}
define just-quiet {"segment": "quiet", "held": {"less_than": "5d"}}
define newly {"segment": "quiet", "entered": {"last": "2d"}}
define back {"segment": "quiet", "left": {"last": "3d"}}
aya 2026-06-01 12:00 login
aya 2026-06-20 12:00 login
ask 2026-06-11 11:59:59.999 newly -> nobody
ask 2026-06-11 12:00 newly -> aya
ask 2026-06-13 11:59:59.999 newly -> aya
ask 2026-06-13 12:00 newly -> nobody
ask 2026-06-16 11:59:59.999 long-quiet -> nobody
ask 2026-06-16 11:59:59.999 just-quiet -> aya
ask 2026-06-16 12:00 long-quiet -> aya
ask 2026-06-16 12:00 just-quiet -> nobody
ask 2026-06-20 12:00 long-quiet -> nobody
ask 2026-06-20 12:00 back -> aya
ask 2026-06-23 11:59:59.999 back -> aya
ask 2026-06-23 12:00 back -> nobody

== A late record moves the beginning of a stay | 遅れて届いた記録は、入った時を動かす
define quiet {"event": "login", "count": {"exactly": 0}, "last": "10d"}
define long-quiet {"segment": "quiet", "held": {"at_least": "5d"}}
aya 2026-06-01 12:00 login
aya 2026-06-03 12:00 login received 2026-06-17 12:00
ask 2026-06-16 12:00 long-quiet -> aya
ask 2026-06-17 12:00 long-quiet -> nobody
ask 2026-06-18 12:00 long-quiet -> aya

== Nobody is in before being known | 知られる前は、どこにも入っていない
define never {"event": "login", "count": {"exactly": 0}}
define settled {"segment": "never", "held": {"at_least": "5d"}}
define newly {"segment": "never", "entered": {"calendar": "today"}}
aya 2026-06-01 12:00 is {}
ask 2026-06-01 12:00 newly -> aya
ask 2026-06-01 23:59:59.999 newly -> aya
ask 2026-06-02 00:00 newly -> nobody
ask 2026-06-06 11:59:59.999 settled -> nobody
ask 2026-06-06 12:00 settled -> aya

== A break of a millisecond is a break | 一瞬でも出れば数え直し
define pro {"attribute": "plan", "is": "pro"}
define settled {"segment": "pro", "held": {"at_least": "5d"}}
aya 2026-06-01 12:00 is {"plan": "pro"}
aya 2026-06-04 12:00 is {"plan": "free"}
aya 2026-06-04 12:00:00.001 is {"plan": "pro"}
ask 2026-06-06 12:00 settled -> nobody
ask 2026-06-09 12:00 settled -> nobody
ask 2026-06-09 12:00:00.001 settled -> aya

== For some, all, none or so many of the contacts | 関係者の誰か、全員、誰も、何人以上
define any {"contacts": "any", "satisfies": {"all": [{"attribute": "role", "is": "decides"}, {"event": "login", "last": "7d"}]}}
define all {"contacts": "all", "satisfies": {"event": "login", "last": "7d"}}
define none {"contacts": "none", "satisfies": {"event": "login", "last": "7d"}}
define two {"contacts": {"at_least": 2}, "satisfies": {"event": "login", "last": "7d"}}
acme 2026-06-01 12:00 is {"role": "decides"} by p1
acme 2026-06-02 12:00 login by p1
acme 2026-06-02 12:00 login by p2
bolt 2026-06-01 12:00 is {"role": "decides"} by p1
bolt 2026-06-02 12:00 login by p2
core 2026-06-01 12:00 is {"role": "decides"}
core 2026-06-02 12:00 login
ask 2026-06-02 11:59:59.999 any -> nobody
ask 2026-06-02 12:00 any -> acme
ask 2026-06-02 12:00 all -> acme
ask 2026-06-02 12:00 none -> core
ask 2026-06-02 12:00 two -> acme
ask 2026-06-09 12:00 any -> nobody
ask 2026-06-09 12:00 all -> nobody
ask 2026-06-09 12:00 none -> acme bolt core

== A contact counts from the first record about them | 関係者は最初の記録から数える
define all {"contacts": "all", "satisfies": {"event": "login"}}
define long-known {"contacts": "any", "satisfies": {"known_for": "3d"}}
acme 2026-06-01 12:00 login by p1
acme 2026-06-03 12:00 is {"role": "uses"} by p2
acme 2026-06-05 12:00 login by p2
ask 2026-06-02 12:00 all -> acme
ask 2026-06-03 12:00 all -> nobody
ask 2026-06-05 12:00 all -> acme
ask 2026-06-04 11:59:59.999 long-known -> nobody
ask 2026-06-04 12:00 long-known -> acme

== Inside a condition about a contact, back to the company | 関係者の条件の中で、会社に戻る
define champion {"contacts": "any", "satisfies": {"all": [{"attribute": "role", "is": "champions"},
  {"company": {"all": [{"attribute": "plan", "is": "free"}, {"event": "login", "count": {"at_least": 2}}]}}]}}
acme 2026-06-01 12:00 is {"plan": "free"}
acme 2026-06-01 12:00 is {"role": "champions", "plan": "none"} by p1
acme 2026-06-01 12:00 login by p1
acme 2026-06-02 12:00 login by p2
bolt 2026-06-01 12:00 is {"role": "champions", "plan": "free"} by p1
bolt 2026-06-01 12:00 login by p1
bolt 2026-06-02 12:00 login by p1
ask 2026-06-02 12:00 champion -> acme

== Points add up, also below zero | 点数の合計。引くこともできる
define risky {"points": [{"weight": 30, "when": {"event": "login", "count": {"exactly": 0}, "last": "7d"}},
  {"weight": 20, "when": {"event": "complained", "last": "7d"}},
  {"weight": -25, "when": {"event": "bought", "last": "7d"}}], "is": {"at_least": 25}}
define below {"points": [{"weight": -5, "when": {"event": "bought"}}], "is": {"less_than": 0}}
aya 2026-06-01 12:00 login
aya 2026-06-02 12:00 complained
ben 2026-06-01 12:00 bought
ben 2026-06-02 12:00 complained
ask 2026-06-02 12:00 risky -> ben
ask 2026-06-08 11:59:59.999 risky -> ben
ask 2026-06-08 12:00 risky -> aya ben
ask 2026-06-08 12:00 below -> ben

== Points: what is taken away ages too | 点数：引かれた分も古くなる
define risky {"points": [{"weight": 30, "when": {"event": "login", "count": {"exactly": 0}, "last": "3d"}},
  {"weight": -25, "when": {"event": "bought", "last": "7d"}}], "is": {"at_least": 25}}
aya 2026-06-01 12:00 bought
ask 2026-06-08 11:59:59.999 risky -> nobody
ask 2026-06-08 12:00 risky -> aya

== Tags, lists and what a model says | タグ、リスト、モデルの点数
define vip {"tag": "VIP"}
define not-vip {"not": {"tag": "VIP"}}
define expo {"list": "expo"}
define likely {"score": "next-purchase", "is": {"at_least": "0.7"}}
define unlikely {"not": {"score": "next-purchase", "is": {"at_least": "0.7"}}}
aya 2026-06-01 12:00 is {"tag:VIP": true, "score:next-purchase": 0.70}
aya 2026-06-03 12:00 is {"tag:VIP": null}
ben 2026-06-01 12:00 is {"tag:VIP": "true", "list:expo": true, "score:next-purchase": 0.69}
cho 2026-06-01 12:00 is {"tag:VIP": false}
ask 2026-06-02 12:00 vip -> aya ben
ask 2026-06-03 12:00 vip -> ben
ask 2026-06-03 12:00 not-vip -> aya cho
ask 2026-06-03 12:00 expo -> ben
ask 2026-06-03 12:00 likely -> aya
ask 2026-06-03 12:00 unlikely -> ben cho

== A random half stays the same half; another salt draws anew | 無作為の半分はいつも同じ半分
define a {"random": "spring", "percent": 50}
define b {"random": "spring", "percent": 50, "from_percent": 50}
define other {"random": "autumn", "percent": 50}
aya 2026-06-01 12:00 is {}
ben 2026-06-01 12:00 is {}
cho 2026-06-01 12:00 is {}
dan 2026-06-01 12:00 is {}
eva 2026-06-01 12:00 is {}
fay 2026-06-01 12:00 is {}
ask 2026-06-01 12:00 a -> dan fay
ask 2027-06-01 12:00 a -> dan fay
ask 2026-06-01 12:00 b -> aya ben cho eva
ask 2026-06-01 12:00 other -> cho fay

== Without a cut nobody is among the first | 基準が未計算なら、上位には誰も入らない
define best {"rank": {"measure": "sum", "of": "amount", "event": "bought"}, "top": 1}
define rest {"not": {"rank": {"measure": "sum", "of": "amount", "event": "bought"}, "top": 1}}
aya 2026-06-01 12:00 bought {"amount": 100}
ask 2026-06-01 12:00 best -> nobody
ask 2026-06-01 12:00 rest -> aya

== A birthday that is near, every year | 近づいた誕生日、毎年
define soon {"attribute": "born", "anniversary_in": 7}
define today {"attribute": "born", "anniversary_in": 0}
aya 2026-01-01 00:00 is {"born": "1996-06-15"}
leap 2026-01-01 00:00 is {"born": "2008-02-29"}
new 2026-01-01 00:00 is {"born": "2026-06-15"}
eve 2026-01-01 00:00 is {"born": "1990-01-03"}
odd 2026-01-01 00:00 is {"born": "soon"}
ask 2026-06-07 23:59:59.999 soon -> nobody
ask 2026-06-08 00:00 soon -> aya
ask 2026-06-15 23:59:59.999 today -> aya
ask 2026-06-16 00:00 soon -> nobody
ask 2027-06-15 00:00 today -> aya new
ask 2027-02-28 00:00 today -> leap
ask 2027-03-01 00:00 today -> nobody
ask 2028-02-28 12:00 today -> nobody
ask 2028-02-29 00:00 today -> leap
ask 2026-12-27 00:00 soon -> eve
