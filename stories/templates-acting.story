# Templates about following up, trades, experiments and order.

== Template: requested materials, and no deal won since | ひな形：資料請求のあと成約していない
template requested-not-won
aya 2026-06-01 12:00 materials_requested
aya 2026-06-20 12:00 deal_moved {"stage": "won"}
ben 2026-05-01 12:00 deal_moved {"stage": "won"}
ben 2026-06-01 12:00 materials_requested
ben 2026-06-20 12:00 deal_moved {"stage": "lost"}
ask 2026-06-01 12:00 requested-not-won -> aya ben
ask 2026-06-20 12:00 requested-not-won -> ben

== Template: a request nobody answered | ひな形：資料請求から3日連絡なし
template request-unanswered
aya 2026-06-01 12:00 materials_requested
ben 2026-06-01 12:00 materials_requested
ben 2026-06-04 12:00 approached
cho 2026-06-01 12:00 materials_requested
cho 2026-06-05 12:00 approached
ask 2026-06-04 11:59:59.999 request-unanswered -> nobody
ask 2026-06-04 12:00 request-unanswered -> aya cho
ask 2026-06-05 12:00 request-unanswered -> aya
ask 2026-07-01 12:00 request-unanswered -> nobody

== Template: priority follow-up, and who just came in | ひな形：優先フォローリストと入ったばかりの人
template just-became-priority
aya 2026-06-01 12:00 materials_requested
aya 2026-06-08 12:00 mail_opened
aya 2026-06-10 12:00 meeting_set
ben 2026-06-01 12:00 materials_requested
ben 2026-06-08 12:00:00.001 mail_opened
cho 2026-06-01 12:00 materials_requested
cho 2026-06-02 12:00 meeting_set
cho 2026-06-03 12:00 mail_opened
ask 2026-06-08 11:59:59.999 priority-follow-up -> nobody
ask 2026-06-08 12:00 priority-follow-up -> aya
ask 2026-06-08 12:00 just-became-priority -> aya
ask 2026-06-09 11:59:59.999 just-became-priority -> aya
ask 2026-06-09 12:00 just-became-priority -> nobody
ask 2026-06-09 12:00 priority-follow-up -> aya
ask 2026-06-10 12:00 priority-follow-up -> nobody

== Template: a usual category not bought for a while | ひな形：いつもの分野を買っていない
template category-due-again
aya 2026-04-01 12:00 purchased {"category": "化粧品"}
aya 2026-04-02 12:00 purchased {"category": "化粧品"}
aya 2026-04-03 12:00 purchased {"category": "化粧品"}
aya 2026-05-15 12:00 purchased {"category": "食品"}
ben 2026-04-01 12:00 purchased {"category": "化粧品"}
ben 2026-04-02 12:00 purchased {"category": "食品"}
ben 2026-04-03 12:00 purchased {"category": "雑貨"}
ask 2026-05-18 11:59:59.999 category-due-again -> nobody
ask 2026-05-18 12:00 category-due-again -> aya
ask 2026-09-28 12:00 category-due-again -> nobody

== Template: regulars of one shop | ひな形：同じ店に通う
template regulars-of-one-shop
aya 2026-06-01 12:00 visited {"store": "渋谷店"}
aya 2026-06-02 12:00 visited {"store": "渋谷店"}
aya 2026-06-03 12:00 visited {"store": "渋谷店"}
aya 2026-06-04 12:00 visited {"store": "渋谷店"}
ben 2026-06-01 12:00 visited {"store": "渋谷店"}
ben 2026-06-02 12:00 visited {"store": "渋谷店"}
ben 2026-06-03 12:00 visited {"store": "新宿店"}
ben 2026-06-04 12:00 visited {"store": "新宿店"}
ask 2026-06-03 12:00 regulars-of-one-shop -> nobody
ask 2026-06-04 12:00 regulars-of-one-shop -> aya
ask 2026-08-30 12:00 regulars-of-one-shop -> nobody

== Template: pupils who asked for materials | ひな形：資料請求した高校2・3年生
template school-briefing
aya 2026-03-01 12:00 is {"grade": "高校1年", "desired_school": "理学部"}
aya 2026-03-02 12:00 materials_requested
aya 2026-04-01 00:00 is {"grade": "高校2年"}
ben 2026-03-01 12:00 is {"grade": "高校3年", "desired_school": "文学部"}
ben 2026-03-02 12:00 materials_requested
ben 2026-04-10 12:00 seminar_registered
cho 2026-03-01 12:00 is {"grade": "高校3年"}
cho 2026-03-02 12:00 materials_requested
ask 2026-03-31 23:59:59.999 school-briefing -> ben
ask 2026-04-01 00:00 school-briefing -> aya ben
ask 2026-04-10 12:00 school-briefing -> aya

== Template: longer gaps and cancellations | ひな形：施術の間隔が空き、取り消しも続く
template salon-going-quiet
aya 2026-01-01 12:00 treated {"menu": "カラー"}
aya 2026-01-31 12:00 treated {"menu": "カット"}
aya 2026-03-02 12:00 treated {"menu": "カラー"}
aya 2026-04-01 12:00 booking_cancelled
aya 2026-04-10 12:00 booking_cancelled
ben 2026-01-01 12:00 treated
ben 2026-01-31 12:00 treated
ben 2026-03-02 12:00 treated
ben 2026-04-01 12:00 booking_cancelled
ask 2026-04-16 12:00 salon-going-quiet -> nobody
ask 2026-04-16 12:00:00.001 salon-going-quiet -> aya
ask 2026-09-28 12:00 salon-going-quiet -> nobody

== Template: the half that gets version A | ひな形：A案を送る半分
template coupon-half
aya 2026-06-01 12:00 is {"customer_kind": "existing"}
aya 2026-06-01 12:00 login
ben 2026-06-01 12:00 is {"customer_kind": "existing"}
ben 2026-06-01 12:00 login
cho 2026-06-01 12:00 is {"customer_kind": "existing"}
cho 2026-06-01 12:00 login
dan 2026-06-01 12:00 is {"customer_kind": "existing"}
dan 2026-06-01 12:00 login
eva 2026-06-01 12:00 is {"customer_kind": "existing"}
eva 2026-06-01 12:00 login
fay 2026-06-01 12:00 is {"customer_kind": "existing"}
fay 2026-06-01 12:00 login
ask 2026-06-30 12:00 coupon-half -> nobody
ask 2026-07-01 12:00 coupon-half -> aya cho dan fay

== Template: a name by date, target and purpose | ひな形：日付_対象_目的の名前
template 20261101-dormant-winback
aya 2026-06-01 12:00 login
ben 2026-07-01 12:00 call
ask 2026-07-31 11:59:59.999 20261101-dormant-winback -> nobody
ask 2026-07-31 12:00 20261101-dormant-winback -> aya
ask 2026-08-30 12:00 20261101-dormant-winback -> aya ben
