//! Erases customers for good.

use std::{path::Path, process::ExitCode};

use condition::Language;
use serde_json::{Value as Json, json};

use crate::{
    api::{Api, in_path},
    args,
    screen::{Failure, Screen},
};

/// Erases each of the given customers, or says who they are when not told to do it.
pub(crate) fn erase(
    folder: &Path,
    given: &args::Erase,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    if !given.yes {
        for key in &given.customers {
            let customer = api.get(&format!("/customers/{}", in_path(key)))?;
            let name = customer["name"].as_str().unwrap_or_default();
            screen.line(match screen.language {
                Language::Ja => format!("{key}（{name}）のすべての記録を消去します"),
                Language::En => format!("every fact about {key} ({name}) would be erased"),
            });
        }
        return Err(Failure::new(
            "元に戻せません。消去するには `--yes` を付けてください",
            "there is no way back; say `--yes` to erase",
        ));
    }
    let mut erased = vec![];
    for key in &given.customers {
        let answer = api.delete(&format!("/customers/{}", in_path(key)))?;
        tell(key, &answer, screen);
        erased.push(json!({ "customer": key, "facts": answer["facts"] }));
    }
    if screen.json {
        screen.json(&json!({ "erased": erased }));
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(key: &str, answer: &Json, screen: &Screen) {
    if screen.json {
        return;
    }
    let facts = &answer["facts"];
    screen.line(match screen.language {
        Language::Ja => format!("{key}: 記録 {facts} 件を消去しました"),
        Language::En => format!("{key}: {facts} facts erased"),
    });
    if let Some(files @ 1..) = answer["waiting_files"].as_u64() {
        screen.note(match screen.language {
            Language::Ja => format!(
                "  取り込みを待つファイルが {files} 個あります。不要なものは取り込みの画面で取り消してください"
            ),
            Language::En => format!(
                "  {files} uploaded files still wait to be imported; cancel those that should go"
            ),
        });
    }
}
