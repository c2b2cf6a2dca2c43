# Templates about buying and growing.

== Template: regulars who bought A but not B | ひな形：A製品を買ったお得意様でBはまだ
template bought-a-not-b
aya 2026-01-10 12:00 purchased {"product": "A製品", "amount": 60000}
aya 2026-02-10 12:00 purchased {"product": "A製品", "amount": 40000}
aya 2026-05-01 12:00 purchased {"product": "B製品", "amount": 10000}
ben 2026-01-10 12:00 purchased {"product": "A製品", "amount": 99999}
cho 2026-01-10 12:00 purchased {"product": "C製品", "amount": 200000}
ask 2026-02-09 12:00 bought-a-not-b -> nobody
ask 2026-02-10 12:00 bought-a-not-b -> aya
ask 2026-05-01 12:00 bought-a-not-b -> nobody

== Template: women in their thirties who requested materials | ひな形：30代女性・資料請求済・1か月購入なし
template thirties-women-requested
aya 2026-01-01 12:00 is {"birthday": "1993-04-01", "sex": "female"}
aya 2026-03-01 12:00 materials_requested
aya 2026-03-31 12:00 purchased {"amount": 3000}
ben 2026-01-01 12:00 is {"birthday": "1993-04-01", "sex": "female"}
cho 2026-01-01 12:00 is {"birthday": "1986-04-02", "sex": "female"}
cho 2026-03-01 12:00 materials_requested
ask 2026-03-01 12:00 thirties-women-requested -> aya cho
ask 2026-03-31 12:00 thirties-women-requested -> cho
ask 2026-04-02 00:00 thirties-women-requested -> nobody
# A month before any moment of April 30 is March 30; before May 1 it is April 1.
ask 2026-04-30 23:59:59.999 thirties-women-requested -> nobody
ask 2026-05-01 00:00 thirties-women-requested -> aya

== Template: product page and download close together | ひな形：製品ページと資料が続いた
template viewed-and-downloaded
aya 2026-06-01 12:00 page_viewed {"page_type": "product"}
aya 2026-06-04 12:00 document_downloaded
ben 2026-06-01 12:00 document_downloaded
ben 2026-06-02 12:00 page_viewed {"page_type": "product"}
cho 2026-06-01 12:00 page_viewed {"page_type": "product"}
cho 2026-06-04 12:00:00.001 document_downloaded
ask 2026-06-03 12:00 viewed-and-downloaded -> ben
ask 2026-06-05 12:00 viewed-and-downloaded -> aya ben
ask 2026-07-01 12:00 viewed-and-downloaded -> nobody

== Template: signs of a purchase | ひな形：購入の予兆
template purchase-signs
aya 2026-06-01 12:00 page_viewed {"page_type": "pricing", "dwell_seconds": 30}
aya 2026-06-02 12:00 page_viewed {"page_type": "pricing", "dwell_seconds": 30}
aya 2026-06-03 12:00 page_viewed {"page_type": "pricing", "dwell_seconds": 30}
aya 2026-06-04 12:00 document_downloaded
ben 2026-06-03 12:00 page_viewed {"page_type": "case_study", "dwell_seconds": 900}
cho 2026-06-03 12:00 page_viewed {"page_type": "case_study", "dwell_seconds": 180}
cho 2026-06-04 12:00 document_downloaded
ben 2026-06-05 12:00 seminar_registered
ask 2026-06-03 12:00 purchase-signs -> nobody
ask 2026-06-04 12:00 purchase-signs -> aya
ask 2026-06-05 12:00 purchase-signs -> aya ben
# The long visit is a week old; then the first of three looks at prices leaves.
ask 2026-06-10 12:00 purchase-signs -> aya
ask 2026-06-15 12:00 purchase-signs -> nobody

== Template: signs of an upsell | ひな形：アップセルの予兆
template upsell-signs
aya 2026-06-01 12:00 is {"plan": "standard", "users_used": 9, "users_limit": 10}
aya 2026-06-02 12:00 inquired {"kind": "question"}
ben 2026-06-01 12:00 is {"plan": "premium", "users_used": 5, "users_limit": 10}
ben 2026-06-02 12:00 page_viewed {"page_type": "feature", "plan": "premium"}
ben 2026-06-02 12:00 inquired {"kind": "feature_request"}
cho 2026-06-01 12:00 is {"plan": "starter"}
cho 2026-06-02 12:00 page_viewed {"page_type": "feature", "plan": "premium"}
cho 2026-06-02 13:00 help_searched {"words": "SSO"}
cho 2026-06-03 12:00 help_searched {"words": "SSO 設定"}
ask 2026-06-02 12:00 upsell-signs -> aya
ask 2026-06-03 12:00 upsell-signs -> aya cho
ask 2026-06-16 12:00 upsell-signs -> aya
ask 2026-07-02 12:00 upsell-signs -> nobody

== Template: close to the limit | ひな形：利用上限に近づいている
template near-the-limit
aya 2026-06-01 12:00 is {"users_used": 89, "users_limit": 100}
aya 2026-06-02 12:00 is {"users_used": 90}
ben 2026-06-01 12:00 is {"storage_used": 9.5, "storage_limit": 10}
ben 2026-06-03 12:00 is {"storage_limit": 20}
cho 2026-06-01 12:00 is {"users_used": 100}
ask 2026-06-01 12:00 near-the-limit -> ben
ask 2026-06-02 12:00 near-the-limit -> aya ben
ask 2026-06-03 12:00 near-the-limit -> aya

== Template: keeps reading help about a larger plan | ひな形：上位プランの機能のヘルプを読んでいる
template reads-of-a-higher-plan
aya 2026-06-01 12:00 is {"plan": "starter"}
aya 2026-06-02 12:00 page_viewed {"page_type": "help", "plan": "premium"}
aya 2026-06-03 12:00 page_viewed {"page_type": "help", "plan": "premium"}
aya 2026-06-04 12:00 page_viewed {"page_type": "help", "plan": "standard"}
ben 2026-06-01 12:00 is {"plan": "premium"}
ben 2026-06-02 12:00 page_viewed {"page_type": "help", "plan": "premium"}
ben 2026-06-03 12:00 page_viewed {"page_type": "help", "plan": "premium"}
ben 2026-06-04 12:00 page_viewed {"page_type": "help"}
ask 2026-06-03 12:00 reads-of-a-higher-plan -> nobody
ask 2026-06-04 12:00 reads-of-a-higher-plan -> aya
aya 2026-06-05 12:00 is {"plan": "premium"}
ask 2026-06-05 12:00 reads-of-a-higher-plan -> nobody

== Template: forgotten replenishment | ひな形：買い忘れ
template forgot-to-buy-again
aya 2026-05-01 12:00 purchased {"product": "coffee", "lasts_days": 20}
aya 2026-05-02 12:00 purchased {"product": "paper", "lasts_days": 90}
aya 2026-05-19 12:00 page_viewed {"product": "coffee"}
aya 2026-05-20 12:00 page_viewed {"product": "coffee"}
ben 2026-05-01 12:00 purchased {"product": "coffee", "lasts_days": 20}
ben 2026-05-19 12:00 page_viewed {"product": "paper"}
ben 2026-05-20 12:00 page_viewed {"product": "paper"}
cho 2026-05-01 12:00 purchased {"product": "coffee"}
cho 2026-05-30 12:00 page_viewed {"product": "coffee"}
cho 2026-05-31 12:00 page_viewed {"product": "coffee"}
ask 2026-05-21 12:00 forgot-to-buy-again -> nobody
ask 2026-05-21 12:00:00.001 forgot-to-buy-again -> aya
ask 2026-05-31 12:00 forgot-to-buy-again -> aya
ask 2026-05-31 12:00:00.001 forgot-to-buy-again -> aya cho
ask 2026-06-02 12:00 forgot-to-buy-again -> cho
aya 2026-06-03 12:00 purchased {"product": "coffee", "lasts_days": 20}

== Template: left in the cart | ひな形：カートに入れたまま
template cart-left
aya 2026-06-01 12:00 cart_added {"product": "desk"}
aya 2026-06-01 13:00 purchased {"product": "chair"}
ben 2026-06-01 12:00 cart_added {"product": "desk"}
ben 2026-06-02 12:00 purchased {"product": "desk"}
cho 2026-06-01 12:00 cart_added {"product": "desk"}
cho 2026-06-03 12:00 purchased {"product": "desk"}
ask 2026-06-02 11:59:59.999 cart-left -> nobody
ask 2026-06-02 12:00 cart-left -> aya cho
ask 2026-06-03 12:00 cart-left -> aya
ask 2026-06-08 12:00 cart-left -> nobody

== Template: the same article again | ひな形：同じ記事を何度も
template same-article-again
aya 2026-06-01 12:00 page_viewed {"page": "/blog/a", "page_type": "blog"}
aya 2026-06-02 12:00 page_viewed {"page": "/blog/a", "page_type": "blog"}
aya 2026-06-03 12:00 page_viewed {"page": "/blog/a", "page_type": "blog"}
ben 2026-06-01 12:00 page_viewed {"page": "/blog/a", "page_type": "blog"}
ben 2026-06-02 12:00 page_viewed {"page": "/blog/b", "page_type": "blog"}
ben 2026-06-03 12:00 page_viewed {"page": "/blog/c", "page_type": "blog"}
ask 2026-06-02 12:00 same-article-again -> nobody
ask 2026-06-03 12:00 same-article-again -> aya
ask 2026-06-15 12:00 same-article-again -> nobody

== Template: opens mails but seldom clicks | ひな形：開封は多いがクリックは少ない
template opens-but-seldom-clicks
aya 2026-06-01 12:00 mail_opened
aya 2026-06-02 12:00 mail_opened
aya 2026-06-03 12:00 mail_opened
aya 2026-06-04 12:00 mail_opened
aya 2026-06-05 12:00 mail_opened
ben 2026-06-01 12:00 mail_opened
ben 2026-06-02 12:00 mail_opened
ben 2026-06-03 12:00 mail_opened
ben 2026-06-04 12:00 mail_opened
ben 2026-06-05 12:00 mail_opened
ben 2026-06-05 12:01 mail_clicked
cho 2026-06-05 12:00 mail_opened
ask 2026-06-04 12:00 opens-but-seldom-clicks -> nobody
ask 2026-06-05 12:01 opens-but-seldom-clicks -> aya
ask 2026-08-30 12:00 opens-but-seldom-clicks -> nobody

== Template: pricing page again and again, then a download | ひな形：料金ページを重ねて見て資料を入手
template considers-a-larger-plan
aya 2026-06-01 12:00 is {"customer_kind": "existing"}
aya 2026-06-02 12:00 page_viewed {"page_type": "pricing"}
aya 2026-06-03 12:00 page_viewed {"page_type": "pricing"}
aya 2026-06-10 12:00 document_downloaded
ben 2026-06-01 12:00 is {"customer_kind": "new"}
ben 2026-06-02 12:00 page_viewed {"page_type": "pricing"}
ben 2026-06-03 12:00 page_viewed {"page_type": "pricing"}
ben 2026-06-04 12:00 document_downloaded
cho 2026-06-01 12:00 is {"customer_kind": "existing"}
cho 2026-06-03 12:00 page_viewed {"page_type": "pricing"}
cho 2026-06-04 12:00 document_downloaded
ask 2026-06-09 12:00 considers-a-larger-plan -> nobody
ask 2026-06-10 12:00 considers-a-larger-plan -> aya
ask 2026-06-16 12:00 considers-a-larger-plan -> nobody

== Template: has settled in | ひな形：定着した
template settled-in
aya 2026-06-01 12:00 login
aya 2026-06-02 12:00 login
aya 2026-06-03 12:00 login
aya 2026-06-08 12:00 login
aya 2026-06-09 12:00 login
aya 2026-06-10 12:00 login
aya 2026-06-15 12:00 login
aya 2026-06-16 12:00 login
aya 2026-06-17 12:00 login
aya 2026-06-22 12:00 login
aya 2026-06-23 12:00 login
aya 2026-06-24 12:00 login
ben 2026-06-22 12:00 login
ben 2026-06-23 12:00 login
ben 2026-06-24 12:00 login
ask 2026-06-24 11:59:59.999 settled-in -> nobody
ask 2026-06-24 12:00 settled-in -> aya
ask 2026-06-28 12:00 settled-in -> aya
ask 2026-06-29 12:00 settled-in -> nobody

== Template: fifty thousand yen this month | ひな形：今月5万円以上
template fifty-thousand-this-month
aya 2026-06-30 23:00 purchased {"amount": 50000}
ben 2026-06-30 23:00 purchased {"amount": 30000}
ben 2026-07-01 00:00 purchased {"amount": 20000}
ask 2026-06-30 23:59:59.999 fifty-thousand-this-month -> aya
ask 2026-07-01 00:00 fifty-thousand-this-month -> nobody

== Template: fewer than three purchases | ひな形：購入が3回未満
template fewer-than-three-purchases
aya 2026-06-01 12:00 purchased
aya 2026-06-02 12:00 purchased
aya 2026-06-03 12:00 purchased
ben 2026-06-01 12:00 login
ask 2026-06-01 12:00 fewer-than-three-purchases -> aya
ask 2026-06-03 12:00 fewer-than-three-purchases -> nobody

== Template: a product they looked at is on sale | ひな形：見ていた商品がセールになった
template viewed-now-on-sale
aya 2026-06-01 12:00 page_viewed {"product": "desk"}
aya 2026-07-01 10:00 sale_started {"product": "desk"}
ben 2026-06-01 12:00 page_viewed {"product": "chair"}
ben 2026-07-01 10:00 sale_started {"product": "desk"}
cho 2026-06-01 12:00 page_viewed {"product": "desk"}
cho 2026-06-10 12:00 purchased {"product": "desk"}
cho 2026-07-01 10:00 sale_started {"product": "desk"}
ask 2026-07-01 09:59:59.999 viewed-now-on-sale -> nobody
ask 2026-07-01 10:00 viewed-now-on-sale -> aya
ask 2026-07-08 10:00 viewed-now-on-sale -> nobody

== Template: birthday month, or an anniversary near | ひな形：誕生月か契約の記念日
template birthday-or-anniversary
aya 2026-01-01 12:00 is {"birthday": "1990-07-20"}
ben 2026-01-01 12:00 is {"contract_started_on": "2025-07-15"}
cho 2026-01-01 12:00 is {"contract_started_on": "2026-07-15"}
ask 2026-06-30 23:59:59.999 birthday-or-anniversary -> nobody
ask 2026-07-01 00:00 birthday-or-anniversary -> aya ben
ask 2026-07-15 23:59:59.999 birthday-or-anniversary -> aya ben
ask 2026-07-16 00:00 birthday-or-anniversary -> aya
ask 2026-08-01 00:00 birthday-or-anniversary -> nobody
