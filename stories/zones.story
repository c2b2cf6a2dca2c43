# Clocks that are changed, and a day that never was.

== The day on which New York loses an hour is 23 hours long | 夏時間が始まる日は23時間
zone America/New_York
define today {"event": "view", "calendar": "today"}
define day {"event": "view", "last": "1d"}
aya 2026-03-08 00:00 view
ask 2026-03-08T05:00:00Z today -> aya
ask 2026-03-09T03:59:59.999Z today -> aya
ask 2026-03-09T04:00:00Z today -> nobody
# A rolling day is always 24 hours.
ask 2026-03-09T04:59:59.999Z day -> aya
ask 2026-03-09T05:00:00Z day -> nobody

== The day on which New York gains an hour is 25 hours long | 夏時間が終わる日は25時間
zone America/New_York
define today {"event": "view", "calendar": "today"}
define week {"event": "view", "last_days": 7}
aya 2026-11-01 00:00 view
ask 2026-11-02T04:59:59.999Z today -> aya
ask 2026-11-02T05:00:00Z today -> nobody
ask 2026-11-09T04:59:59.999Z week -> aya
ask 2026-11-09T05:00:00Z week -> nobody

== An hour that comes twice: a month back may bring someone in again | 2度ある1時間
zone America/New_York
define month {"event": "view", "last_months": 1}
aya 2026-10-01 01:30 view
# 01:30 comes twice on November 1: out at the first, in again when the clock goes back, out at the second.
ask 2026-11-01T05:29:59.999Z month -> aya
ask 2026-11-01T05:30:00Z month -> nobody
ask 2026-11-01T06:00:00Z month -> aya
ask 2026-11-01T06:29:59.999Z month -> aya
ask 2026-11-01T06:30:00Z month -> nobody

== Where midnight is left out, the day begins at one | 0時がない日は1時に始まる
zone America/Sao_Paulo
define today {"event": "view", "calendar": "today"}
define yesterday {"event": "view", "calendar": "yesterday"}
aya 2018-11-03 23:59:59 view
ben 2018-11-04 01:00 view
ask 2018-11-04T02:59:59.999Z today -> aya
ask 2018-11-04T03:00:00Z today -> ben
ask 2018-11-04T03:00:00Z yesterday -> aya

== Where midnight comes twice, the day begins at the first | 0時が2度ある日は1度目に始まる
zone America/Havana
define today {"event": "view", "calendar": "today"}
aya 2026-10-31 23:59:59 view
ask 2026-11-01T03:59:59.999Z today -> aya
ask 2026-11-01T04:00:00Z today -> nobody
ask 2026-11-01T05:00:00Z today -> nobody

== Samoa had no December 30, 2011 | サモアには2011年12月30日がない
zone Pacific/Apia
define today {"event": "view", "calendar": "today"}
define two-days {"event": "view", "last_days": 2}
define that-day {"event": "view", "from": "2011-12-30", "to": "2011-12-30"}
define party {"attribute": "party", "day_is": "today"}
aya 2011-12-29 23:59:59 view
aya 2011-12-01 09:00 is {"party": "2011-12-30"}
ben 2011-12-31 00:00 view
ask 2011-12-30T09:59:59.999Z today -> aya
ask 2011-12-30T10:00:00Z today -> ben
ask 2011-12-31 23:59:59 two-days -> aya ben
ask 2012-01-01 00:00 two-days -> ben
ask 2012-01-05 00:00 that-day -> nobody
ask 2011-12-30T09:59:59.999Z party -> nobody
ask 2011-12-30T10:00:00Z party -> nobody

== A day that has begun does not end again | 一度始まった日は戻らない
zone America/St_Johns
define yesterday {"event": "view", "calendar": "yesterday"}
aya 2010-11-06 12:00 view
# At 00:01 of the 7th the clock went back to 23:01 of the 6th.
ask 2010-11-07T02:29:59.999Z yesterday -> nobody
ask 2010-11-07T02:30:00Z yesterday -> aya
ask 2010-11-07T03:00:00Z yesterday -> aya
ask 2010-11-08T03:29:59.999Z yesterday -> aya
ask 2010-11-08T03:30:00Z yesterday -> nobody
