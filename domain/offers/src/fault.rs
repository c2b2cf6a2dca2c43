//! Why an offer or a need is none, in the writer's words.

use condition::{Condition, Draft, Said};

/// Why an offer or a need is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where, as a JSON pointer.
    pub path: String,
    /// What is wrong and what to do.
    pub said: Said,
}

impl Fault {
    pub(crate) fn new(
        path: impl Into<String>,
        ja: impl Into<String>,
        en: impl Into<String>,
    ) -> Fault {
        Fault { path: path.into(), said: Said::new(ja, en) }
    }

    pub(crate) fn id(path: &str) -> Fault {
        Fault::new(
            path,
            "`id` は 1〜80 文字の英小文字・数字・`-`・`_` にしてください",
            "write `id` with 1 to 80 lower-case letters, digits, `-` and `_`",
        )
    }

    pub(crate) fn no_name(path: &str) -> Fault {
        Fault::new(path, "名前を書いてください", "write a name")
    }

    pub(crate) fn twice(path: String, id: &str) -> Fault {
        Fault::new(
            path,
            format!("`{id}` が二度あります。別の `id` にしてください"),
            format!("`{id}` stands here twice; give one of them another `id`"),
        )
    }

    pub(crate) fn weight(path: String) -> Fault {
        Fault::new(path, "重みは 1〜100 にしてください", "write a weight of 1 to 100")
    }

    pub(crate) fn most(path: &str, most: usize) -> Fault {
        Fault::new(path, format!("{most} 個までです"), format!("there can be {most} at most"))
    }
}

/// The condition that was meant; faults are added with their path.
pub(crate) fn checked(path: &str, draft: &Draft, faults: &mut Vec<Fault>) -> Option<Condition> {
    let told = draft.check().map_err(|found| {
        faults.extend(found.into_iter().map(|fault| {
            Fault::new(format!("{path}{}", fault.path), fault.kind.ja(), fault.kind.en())
        }));
    });
    told.ok()
}
