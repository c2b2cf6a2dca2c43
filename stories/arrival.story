# Late, early, twice, and at the same time.

== A late and older event does not bring the end forward | 遅れて届いた古い出来事で、終わりは早まらない
define seen {"event": "view", "last": "7d"}
aya 2026-05-27 12:00 view
aya 2026-05-25 12:00 view received 2026-05-27 13:00
ask 2026-05-27 12:30 seen -> aya
ask 2026-06-01 13:00 seen -> aya
ask 2026-06-03 11:59:59.999 seen -> aya
ask 2026-06-03 12:00 seen -> nobody

== The same id counts once | 同じIDは1回だけ数える
define twice {"event": "view", "count": {"at_least": 2}}
aya 2026-06-15 11:00 view id x
aya 2026-06-15 11:00 view id x
aya 2026-06-15 13:00 view id y
ben 2026-06-15 11:00 view
ben 2026-06-15 11:00 view
ask 2026-06-15 12:00 twice -> ben
ask 2026-06-15 14:00 twice -> aya ben

== Of two records with the same id the first to arrive wins | 同じIDでは先に届いた方が勝つ
define big {"event": "paid", "where": [{"property": "amount", "at_least": 100}]}
aya 2026-06-15 11:00 paid {"amount": 100} id x received 2026-06-17 11:00
aya 2026-06-15 12:00 paid {"amount": 1} id x received 2026-06-16 11:00
ask 2026-06-18 12:00 big -> nobody

== A wrong clock: a future event counts when its time comes, and pushes nothing out | 未来の出来事は時が来るまで数えず、何も押し出さない
define twice {"event": "view", "count": {"at_least": 2}, "last": "7d"}
define once {"event": "view", "count": {"exactly": 1}, "last": "7d"}
aya 2026-06-14 12:00 view
aya 2026-06-15 11:00 view
aya 2026-07-15 12:00 view received 2026-06-15 12:00
ask 2026-06-15 12:00:01 twice -> aya
ask 2026-06-20 12:00 twice -> aya
ask 2026-06-21 12:00 twice -> nobody
ask 2026-06-21 12:00 once -> aya
ask 2026-06-22 11:00 once -> nobody
ask 2026-07-15 11:59:59.999 once -> nobody
ask 2026-07-15 12:00 once -> aya

== Somebody known only by a future event is known, and has done nothing yet | 未来の出来事だけの人も知られていて、まだ何もしていない
define never {"event": "view", "count": {"exactly": 0}}
aya 2026-07-15 12:00 view received 2026-06-15 12:00
ask 2026-06-15 11:59:59.999 never -> nobody
ask 2026-06-15 12:00 never -> aya
ask 2026-07-15 12:00 never -> nobody

== An event dated in the past takes out, and lets in again when it has aged | 過去の日付で届いた出来事で出て、古くなればまた入る
define none {"event": "mail", "count": {"exactly": 0}, "last": "10d"}
aya 2026-05-16 12:00 is {"plan": "free"}
aya 2026-06-12 12:00 mail received 2026-06-15 12:00
ask 2026-06-15 11:59:59.999 none -> aya
ask 2026-06-15 12:00 none -> nobody
ask 2026-06-22 11:59:59.999 none -> nobody
ask 2026-06-22 12:00 none -> aya

== At the instant of an end, an event of that instant counts first | 期限と同じ瞬間の出来事が先
define active {"event": "ping", "last": "5s"}
aya 2026-06-15 12:00:00 ping
aya 2026-06-15 12:00:05 ping
ask 2026-06-15 12:00:05 active -> aya
ask 2026-06-15 12:00:09.999 active -> aya
ask 2026-06-15 12:00:10 active -> nobody

== Of equal times the last to arrive is the last | 同じ時刻では後に届いた方が後
define last-join {"last": "sub", "has": [{"property": "action", "is": "join"}]}
define pro {"attribute": "plan", "is": "pro"}
aya 2026-06-15 12:00 sub {"action": "leave"}
aya 2026-06-15 12:00 sub {"action": "join"}
ben 2026-06-15 12:00 sub {"action": "join"}
ben 2026-06-15 12:00 sub {"action": "leave"}
aya 2026-06-15 12:00 is {"plan": "free"}
aya 2026-06-15 12:00 is {"plan": "pro"}
ask 2026-06-15 12:00 last-join -> aya
ask 2026-06-15 12:00 pro -> aya

== What is not received yet is not known, whenever it happened | まだ届いていないものは知られていない
define seen {"event": "view"}
aya 2026-06-01 12:00 view received 2026-06-05 12:00
ask 2026-06-04 12:00 seen -> nobody
ask 2026-06-05 12:00 seen -> aya
