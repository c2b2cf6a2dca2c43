# Templates about who somebody is. Each shows who is in at which instant.

== Template: women in their forties | ひな形：40代の女性
template women-in-their-forties
aya 2026-01-01 12:00 is {"birthday": "1986-06-15", "sex": "female"}
ben 2026-01-01 12:00 is {"birthday": "1986-01-15", "sex": "male"}
cho 2026-01-01 12:00 is {"birthday": "1976-06-16", "sex": "female"}
dan 2026-01-01 12:00 is {"sex": "female"}
ask 2026-06-14 23:59:59.999 women-in-their-forties -> cho
ask 2026-06-15 00:00 women-in-their-forties -> aya cho
ask 2026-06-16 00:00 women-in-their-forties -> aya

== Template: men in their thirties around Tokyo | ひな形：首都圏の30代男性
template metropolitan-men-thirties
aya 2026-01-01 12:00 is {"birthday": "1990-05-01", "sex": "male", "prefecture": "東京都", "annual_income": 6000000}
ben 2026-01-01 12:00 is {"birthday": "1990-05-01", "sex": "male", "prefecture": "大阪府", "annual_income": 9000000}
cho 2026-01-01 12:00 is {"birthday": "1990-05-01", "sex": "male", "prefecture": "千葉県", "annual_income": 5999999}
dan 2026-01-01 12:00 is {"birthday": "1990-05-01", "sex": "male", "prefecture": "千葉県"}
cho 2026-03-01 12:00 is {"annual_income": 6100000}
ask 2026-02-01 12:00 metropolitan-men-thirties -> aya
ask 2026-03-01 12:00 metropolitan-men-thirties -> aya cho
ask 2030-05-01 00:00 metropolitan-men-thirties -> nobody

== Template: a new lead that resembles the best | ひな形：優良顧客に似た新しい見込み客
template lead-like-the-best
aya 2026-06-01 12:00 is {"customer_kind": "new", "score:lookalike": 0.7}
ben 2026-06-01 12:00 is {"customer_kind": "new", "score:lookalike": 0.69}
cho 2026-06-01 12:00 is {"customer_kind": "existing", "score:lookalike": 0.9}
dan 2026-06-01 12:00 is {"customer_kind": "new"}
dan 2026-06-03 12:00 is {"score:lookalike": 0.8}
ask 2026-06-02 12:00 lead-like-the-best -> aya
ask 2026-06-03 12:00 lead-like-the-best -> aya dan
ask 2026-06-08 11:59:59.999 lead-like-the-best -> aya dan
ask 2026-06-08 12:00 lead-like-the-best -> nobody

== Template: considering for thirty days | ひな形：検討中のまま30日
template considering-for-long
aya 2026-06-01 12:00 is {"status": "検討中"}
aya 2026-06-20 12:00 is {"status": "検討中"}
ben 2026-06-01 12:00 is {"status": "検討中"}
ben 2026-06-20 12:00 is {"status": "契約"}
ask 2026-07-01 11:59:59.999 considering-for-long -> nobody
ask 2026-07-01 12:00 considering-for-long -> aya

== Template: same trade, not approached | ひな形：同じ業種でまだ声をかけていない
template same-trade-not-approached
aya 2026-01-01 12:00 is {"customer_kind": "new", "industry": "製造業", "employees": 50}
ben 2026-01-01 12:00 is {"customer_kind": "new", "industry": "卸売業", "employees": 300}
ben 2026-01-10 12:00 approached {"outcome": "no_answer"}
cho 2026-01-01 12:00 is {"customer_kind": "new", "industry": "小売業", "employees": 100}
dan 2026-01-01 12:00 is {"customer_kind": "new", "industry": "製造業", "employees": 301}
ask 2026-01-09 12:00 same-trade-not-approached -> aya ben
ask 2026-01-10 12:00 same-trade-not-approached -> aya
ask 2026-04-10 12:00 same-trade-not-approached -> aya ben

== Template: an IT champion who studies larger features | ひな形：上位機能を調べる情シスの推進者
template champion-in-it
acme 2026-06-01 12:00 is {"plan": "standard"}
acme 2026-06-01 12:00 is {"name": "中村", "department": "情報システム部"} by nakamura
acme 2026-06-02 12:00 page_viewed {"page_type": "feature"} by nakamura
acme 2026-06-03 12:00 page_viewed {"page_type": "feature"} by nakamura
bolt 2026-06-01 12:00 is {"plan": "standard"}
bolt 2026-06-01 12:00 is {"department": "情報システム部"} by p1
bolt 2026-06-02 12:00 page_viewed {"page_type": "feature"} by p1
bolt 2026-06-03 12:00 page_viewed {"page_type": "feature"} by p2
core 2026-06-01 12:00 is {"plan": "premium"}
core 2026-06-01 12:00 is {"department": "情報システム部"} by p1
core 2026-06-02 12:00 page_viewed {"page_type": "feature"} by p1
core 2026-06-03 12:00 page_viewed {"page_type": "feature"} by p1
ask 2026-06-03 11:59:59.999 champion-in-it -> nobody
ask 2026-06-03 12:00 champion-in-it -> acme
ask 2026-07-02 12:00 champion-in-it -> nobody
