//! The sentences about rows that became no fact.

use super::cell::Wrong;
use crate::{DateOrder, Said, said::said};

pub(crate) fn order_in_doubt(order: Option<DateOrder>) -> Said {
    use DateOrder as D;
    let (ja, en) = match order {
        Some(D::YearMonthDay) => ("年/月/日", "year/month/day"),
        Some(D::MonthDayYear) => ("月/日/年", "month/day/year"),
        Some(D::DayMonthYear) | None => ("日/月/年", "day/month/year"),
    };
    Said::new(
        format!(
            "日付の並びが値だけでは決まらないため「{ja}」と読みました。違う場合は並びを選んでください"
        ),
        format!(
            "the values do not show the order of the dates; they were read as {en}; choose another if that is wrong"
        ),
    )
}

pub(super) fn empty() -> Wrong {
    (said!("値がありません", "there is no value"), said!("値を補ってください", "fill it in"))
}

pub(crate) fn characters_lost() -> Wrong {
    (
        said!(
            "読めない文字があります(文字コード違いの可能性)",
            "there are characters that could not be read; the encoding may be another"
        ),
        said!("文字コードの選択を確かめてください", "check the encoding that is chosen"),
    )
}

pub(super) fn no_address() -> Wrong {
    (
        said!("メールアドレスとして読めません", "this is no e-mail address"),
        said!("taro@example.jp のように書いてください", "write it like taro@example.jp"),
    )
}

pub(super) fn no_object() -> Wrong {
    (
        said!("JSONのオブジェクトとして読めません", "this is no JSON object"),
        said!(
            "{{\"page\":\"pricing\"}} のように書いてください",
            "write it like {{\"page\":\"pricing\"}}"
        ),
    )
}

pub(super) fn unknown_contact() -> Wrong {
    (
        said!("この関係者番号の人は登録されていません", "nobody with this contact number is known"),
        said!(
            "先に関係者一覧を取り込むか、顧客番号の列を加えてください",
            "import the contacts first, or add a column with the customer number"
        ),
    )
}

pub(super) fn unknown_address() -> Wrong {
    (
        said!(
            "このメールアドレスの顧客は登録されていません",
            "no customer with this e-mail address is known"
        ),
        said!(
            "先に顧客一覧を取り込むか、顧客番号の列を加えてください",
            "import the customers first, or add a column with the customer number"
        ),
    )
}

pub(super) fn bad_key(bad: &facts::BadKey) -> Wrong {
    (
        match bad {
            facts::BadKey::Empty(_) => said!("値がありません", "there is no value"),
            facts::BadKey::TooLong { most, has, .. } => said!(
                "長すぎます({1}バイト。上限は{0}バイト)", "this is too long ({1} bytes; {0} at most)"; most, has
            ),
            facts::BadKey::Control(_) => {
                said!(
                    "改行などの制御文字が入っています",
                    "there are line breaks or other control characters in it"
                )
            }
        },
        said!("短い番号や名前にしてください", "use a short number or name"),
    )
}
