# Windows: what is in, and when it goes out.

== In the last five seconds: out, in, out by time, in again | 出て、入り、時が経って出て、また入る
define active {"event": "tick", "last": "5s"}
aya 2026-06-15 11:59:54 tick
aya 2026-06-15 12:00:01 tick
aya 2026-06-15 12:00:09 tick
ask 2026-06-15 11:59:58.999 active -> aya
ask 2026-06-15 11:59:59 active -> nobody
ask 2026-06-15 12:00:02 active -> aya
ask 2026-06-15 12:00:05.999 active -> aya
ask 2026-06-15 12:00:06 active -> nobody
ask 2026-06-15 12:00:10 active -> aya

== Stopped: did it one to two weeks ago and not since | やめた人：1〜2週間前にして、その後していない
define stopped {"all": [{"event": "view", "ago": ["2w", "1w"]}, {"event": "view", "count": {"exactly": 0}, "last": "1w"}]}
p1 2026-06-05 12:00 view
p2 2026-06-12 12:00 view
p3 2026-05-26 12:00 view
ask 2026-06-15 12:00 stopped -> p1
ask 2026-06-19 11:59:59.999 stopped -> p1
ask 2026-06-19 12:00 stopped -> p2
ask 2026-06-26 11:59:59.999 stopped -> p2
ask 2026-06-26 12:00 stopped -> nobody

== Both ends of a stretch of the past | 「前」の両端
define then {"event": "view", "ago": ["3d", "1d"]}
aya 2026-06-10 12:00 view
ask 2026-06-11 11:59:59.999 then -> nobody
ask 2026-06-11 12:00 then -> aya
ask 2026-06-13 11:59:59.999 then -> aya
ask 2026-06-13 12:00 then -> nobody

== Older than: in from the very instant, for ever | ちょうどその時から、ずっと
define old {"event": "view", "older_than": "2d"}
define none-old {"event": "view", "count": {"at_most": 0}, "older_than": "2d"}
aya 2026-06-10 12:00 view
ask 2026-06-12 11:59:59.999 old -> nobody
ask 2026-06-12 11:59:59.999 none-old -> aya
ask 2026-06-12 12:00 old -> aya
ask 2031-06-12 12:00 old -> aya

== Has not read for 180 days means no reading in 180 days | 180日読んでいない＝直近180日に1度も読んでいない
define unread {"event": "read", "count": {"exactly": 0}, "last": "180d"}
recent 2025-05-11 12:00 read
recent 2026-05-25 12:00 read
old 2025-05-11 12:00 read
never 2025-05-11 12:00 is {"plan": "free"}
ask 2026-06-15 12:00 unread -> old never

== Thirty days in Tokyo end at Tokyo's midnight | 東京の30日は東京の0時に終わる
define seen {"event": "view", "last_days": 30}
aya 2026-05-20 00:30 view
ben 2026-05-19 23:59:59.999 view
ask 2026-06-18 23:59:59.999 seen -> aya ben
ask 2026-06-19 00:00 seen -> aya
ask 2026-06-19 23:59:59.999 seen -> aya
ask 2026-06-20 00:00 seen -> nobody

== No whole day before today leaves today | 「過去0日」は今日だけ
define today-only {"event": "view", "last_days": 0}
define today {"event": "view", "calendar": "today"}
aya 2026-05-20 00:00 view
ben 2026-05-19 23:59:59.999 view
ask 2026-05-20 00:00 today-only -> aya
ask 2026-05-20 00:00 today -> aya
ask 2026-05-20 23:59:59.999 today -> aya
ask 2026-05-21 00:00 today-only -> nobody

== A fixed range holds whole local days, both ends in, for good | 日付の範囲は両端の日を含む
zone America/New_York
define in-may {"event": "view", "from": "2026-05-01", "to": "2026-05-31"}
define since-june {"event": "view", "from": "2026-06-01"}
a 2026-05-01T02:00:00Z view
b 2026-05-01T14:00:00Z view
c 2026-06-01T03:00:00Z view
e 2026-06-01T14:00:00Z view
ask 2026-05-01T13:00:00Z in-may -> nobody
ask 2026-06-02T00:00:00Z in-may -> b c
ask 2027-06-02T00:00:00Z in-may -> b c
ask 2027-06-02T00:00:00Z since-june -> e

== Yesterday, this week and last week, from Monday | 昨日、今週、先週（月曜始まり）
define yesterday {"event": "view", "calendar": "yesterday"}
define this-week {"event": "view", "calendar": "this_week"}
define last-week {"event": "view", "calendar": "last_week"}
aya 2026-11-15 23:59:59.999 view
ben 2026-11-16 00:00 view
ask 2026-11-16 00:00 yesterday -> aya
ask 2026-11-16 00:00 this-week -> ben
ask 2026-11-16 00:00 last-week -> aya
ask 2026-11-17 00:00 yesterday -> ben
ask 2026-11-22 23:59:59.999 last-week -> aya
ask 2026-11-23 00:00 last-week -> ben
ask 2026-11-23 00:00 this-week -> nobody

== A week that begins on Sunday | 日曜始まりの週
week sunday
define this-week {"event": "view", "calendar": "this_week"}
aya 2026-11-14 23:59:59.999 view
ben 2026-11-15 00:00 view
ask 2026-11-15 12:00 this-week -> ben
ask 2026-11-21 23:59:59.999 this-week -> ben
ask 2026-11-22 00:00 this-week -> nobody

== Months and years turn at local midnight | 月と年は現地の0時に変わる
define this-month {"event": "view", "calendar": "this_month"}
define last-month {"event": "view", "calendar": "last_month"}
define this-year {"event": "view", "calendar": "this_year"}
define last-year {"event": "view", "calendar": "last_year"}
aya 2025-12-31 23:59:59.999 view
ben 2026-01-01 00:00 view
ask 2025-12-31 23:59:59.999 this-month -> aya
ask 2026-01-01 00:00 this-month -> ben
ask 2026-01-01 00:00 last-month -> aya
ask 2026-01-01 00:00 this-year -> ben
ask 2026-01-01 00:00 last-year -> aya
ask 2026-02-01 00:00 last-month -> ben
ask 2027-01-01 00:00 last-year -> ben

== Quarters, halves and fiscal years begin in April | 四半期・半期・年度は4月から
define this-quarter {"event": "view", "calendar": "this_quarter"}
define last-quarter {"event": "view", "calendar": "last_quarter"}
define this-half {"event": "view", "calendar": "this_half"}
define last-half {"event": "view", "calendar": "last_half"}
define this-fiscal {"event": "view", "calendar": "this_fiscal_year"}
define last-fiscal {"event": "view", "calendar": "last_fiscal_year"}
march 2026-03-31 23:59:59.999 view
april 2026-04-01 00:00 view
june 2026-06-30 23:59:59.999 view
july 2026-07-01 00:00 view
october 2026-10-01 00:00 view
ask 2026-06-30 23:59:59.999 this-quarter -> april june
ask 2026-07-01 00:00 this-quarter -> july
ask 2026-07-01 00:00 last-quarter -> april june
ask 2026-09-30 23:59:59.999 this-half -> april june july
ask 2026-10-01 00:00 this-half -> october
ask 2026-10-01 00:00 last-half -> april june july
ask 2027-03-31 23:59:59.999 this-fiscal -> april june july october
ask 2027-03-31 23:59:59.999 last-fiscal -> march
ask 2027-04-01 00:00 last-fiscal -> april june july october

== A fiscal year that begins in January, and one in December | 1月始まりと12月始まりの年度
fiscal 12
define this-fiscal {"event": "view", "calendar": "this_fiscal_year"}
define last-quarter {"event": "view", "calendar": "last_quarter"}
aya 2025-11-30 23:59:59.999 view
ben 2025-12-01 00:00 view
cho 2026-02-28 23:59:59.999 view
ask 2026-02-28 23:59:59.999 this-fiscal -> ben cho
ask 2026-03-01 00:00 last-quarter -> ben cho
ask 2026-02-28 23:59:59.999 last-quarter -> aya

== One month back from the end of March is the end of February | 3月末の1か月前は2月の末日
define month {"event": "view", "last_months": 1}
feb27 2026-02-27 12:00 view
feb28 2026-02-28 12:00 view
ask 2026-03-27 11:59:59.999 month -> feb27 feb28
ask 2026-03-27 12:00 month -> feb28
ask 2026-03-28 11:59:59.999 month -> feb28
ask 2026-03-28 12:00 month -> nobody
# On the 31st a month back is February 28 again.
ask 2026-03-31 11:59:59.999 month -> feb28
ask 2026-03-31 12:00 month -> nobody
ask 2026-04-01 00:00 month -> nobody

== Three months are calendar months, never ninety days | 3か月は暦の3か月で、90日ではない
define quarter {"event": "view", "last_months": 3}
aya 2026-02-15 12:00 view
ask 2026-05-15 11:59:59.999 quarter -> aya
ask 2026-05-15 12:00 quarter -> nobody
