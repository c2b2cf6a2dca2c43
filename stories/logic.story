# All, any, not, segments in segments, and "for some value".

== An attribute, and silence for five seconds | 属性かつ5秒の無音
define both {"all": [{"attribute": "site", "is": "test"}, {"event": "ping", "count": {"exactly": 0}, "last": "5s"}]}
u1 2026-06-15 11:59:59 is {"site": "test"}
u2 2026-06-15 11:59:59 is {"site": "test"}
u2 2026-06-15 11:59:59 ping
u3 2026-06-15 11:59:59 ping
ask 2026-06-15 12:00:00 both -> u1
ask 2026-06-15 12:00:03.999 both -> u1
ask 2026-06-15 12:00:04 both -> u1 u2

== One thing lately, and not the other for longer | 最近これをして、もっと前からあれをしていない
define new-only {"all": [{"event": "new_page", "last": "1w"}, {"not": {"event": "old_page", "last": "2w"}}]}
p1 2026-06-13 12:00 old_page
p1 2026-06-11 12:00 new_page
p2 2026-06-11 12:00 old_page
p3 2026-05-11 12:00 old_page
p3 2026-06-11 12:00 new_page
p4 2026-06-11 12:00 new_page
ask 2026-06-15 12:00 new-only -> p3 p4

== Not, alone, over all who are known | 否定だけの条件は、知られている全員について
define not-lately {"not": {"event": "view", "last": "1w"}}
p1 2026-06-13 12:00 view
p2 2026-06-05 12:00 view
p3 2026-06-14 12:00 is {"plan": "free"}
p4 2026-06-18 12:00 call
ask 2026-06-15 12:00 not-lately -> p2 p3
ask 2026-06-20 12:00 not-lately -> p1 p2 p3 p4

== An empty update makes somebody known | 空の更新でも知られる
define everyone {"not": {"event": "nothing_like_this"}}
aya 2026-06-15 12:00 is {}
ask 2026-06-15 11:59:59.999 everyone -> nobody
ask 2026-06-15 12:00 everyone -> aya

== Known for a week | 知られてから7日
define settled {"known_for": "7d"}
define quiet {"all": [{"known_for": "7d"}, {"event": "login", "count": {"exactly": 0}, "last": "7d"}]}
aya 2026-06-01 12:00 is {}
ben 2026-06-01 12:00 login received 2026-06-03 12:00
ask 2026-06-08 11:59:59.999 settled -> nobody
ask 2026-06-08 12:00 settled -> aya
ask 2026-06-08 12:00 quiet -> aya
ask 2026-06-10 11:59:59.999 settled -> aya
ask 2026-06-10 12:00 quiet -> aya ben

== Twice not is the thing itself | 二重否定
define twice {"not": {"not": {"event": "login", "last": "1d"}}}
aya 2026-06-01 12:00 login
ask 2026-06-02 11:59:59.999 twice -> aya
ask 2026-06-02 12:00 twice -> nobody

== Any of them, each with its own end | どれか一つ、それぞれの終わり
define warm {"any": [{"event": "call", "last": "1d"}, {"event": "visit", "last": "3d"}]}
aya 2026-06-01 12:00 call
aya 2026-06-01 13:00 visit
ask 2026-06-02 12:00 warm -> aya
ask 2026-06-04 12:59:59.999 warm -> aya
ask 2026-06-04 13:00 warm -> nobody

== A segment inside a segment is its definition at that instant | 他のセグメントは、その時点の定義
define active {"event": "login", "last": "1d"}
define lapsed {"all": [{"event": "login"}, {"not": {"segment": "active"}}]}
define lapsed-pro {"all": [{"segment": "lapsed"}, {"attribute": "plan", "is": "pro"}]}
aya 2026-06-01 12:00 login
aya 2026-06-01 12:00 is {"plan": "pro"}
ben 2026-06-01 12:00 login
ask 2026-06-02 11:59:59.999 lapsed -> nobody
ask 2026-06-02 12:00 lapsed -> aya ben
ask 2026-06-02 12:00 lapsed-pro -> aya
ask 2026-06-02 12:00 active -> nobody

== For some one product: bought twice, and looked at again | ある一つの商品について：2回買い、また見た
define same-product {"some": "product", "of": "bought", "satisfies": {"all": [
  {"event": "bought", "count": {"at_least": 2}}, {"event": "viewed", "last": "7d"}]}}
aya 2026-06-01 12:00 bought {"product": "ink"}
aya 2026-06-02 12:00 bought {"product": "ink"}
aya 2026-06-03 12:00 viewed {"product": "ink"}
ben 2026-06-01 12:00 bought {"product": "ink"}
ben 2026-06-02 12:00 bought {"product": "pen"}
ben 2026-06-03 12:00 viewed {"product": "ink"}
cho 2026-06-01 12:00 bought {"product": "ink"}
cho 2026-06-02 12:00 bought {"product": "ink"}
cho 2026-06-03 12:00 viewed {"product": "pen"}
ask 2026-06-03 11:59:59.999 same-product -> nobody
ask 2026-06-03 12:00 same-product -> aya
ask 2026-06-10 12:00 same-product -> nobody

== For some product that was never delivered | ある商品が届いていない
define undelivered {"some": "product", "of": "bought", "satisfies": {"event": "delivered", "count": {"exactly": 0}}}
define none-undelivered {"not": {"segment": "undelivered"}}
aya 2026-06-01 12:00 bought {"product": "ink"}
aya 2026-06-01 12:00 bought {"product": 7}
aya 2026-06-02 12:00 delivered {"product": "ink"}
aya 2026-06-03 12:00 delivered {"product": "7"}
ben 2026-06-02 12:00 delivered {"product": "ink"}
cho 2026-06-02 12:00 bought
ask 2026-06-02 12:00 undelivered -> aya
ask 2026-06-03 12:00 undelivered -> nobody
ask 2026-06-03 12:00 none-undelivered -> aya ben cho

== A segment inside "for some value" is asked as a whole | 「ある値」の中のセグメントは全体について
define viewed-twice {"event": "viewed", "count": {"at_least": 2}}
define some-product {"some": "product", "satisfies": {"all": [{"segment": "viewed-twice"}, {"event": "bought"}]}}
aya 2026-06-01 12:00 viewed {"product": "ink"}
aya 2026-06-02 12:00 viewed {"product": "pen"}
aya 2026-06-03 12:00 bought {"product": "ink"}
ben 2026-06-02 12:00 viewed {"product": "pen"}
ben 2026-06-03 12:00 bought {"product": "pen"}
ask 2026-06-04 12:00 some-product -> aya

== A filter that compares with an attribute of the customer | 出来事の値を顧客の属性と比べる
define own-branch {"event": "visited", "where": [{"property": "branch", "is": {"attribute": "branch"}}]}
aya 2026-06-01 12:00 is {"branch": "osaka"}
aya 2026-06-02 12:00 visited {"branch": "kobe"}
aya 2026-06-05 12:00 is {"branch": "kobe"}
ben 2026-06-02 12:00 visited {"branch": "kobe"}
ask 2026-06-03 12:00 own-branch -> nobody
ask 2026-06-05 12:00 own-branch -> aya
