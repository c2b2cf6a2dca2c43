//! The licence of everything we build from, against the list of those we accept.
//!
//! Permissive licences only, so that whoever gets Kizashi may do with it what Apache-2.0 lets them do. Tools that are
//! used to build or test the web app, and of which nothing reaches the binary, may also be under MPL-2.0.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::workspace::{list, text};

const ACCEPTED: [&str; 16] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Python-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Accepted for tools as well: they stay as they are, and nothing of them is handed on.
const ACCEPTED_FOR_TOOLS: [&str; 2] = ["CC-BY-4.0", "MPL-2.0"];

/// Something we build from, and its licence in the words of its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licensed {
    /// Name and version.
    pub name: String,
    /// An SPDX expression; `None` when the author names none.
    pub licence: Option<String>,
    /// True when nothing of it reaches the binary.
    pub tool: bool,
}

impl Licensed {
    /// Why we cannot use it, or nothing.
    #[must_use]
    pub fn refusal(&self) -> Option<String> {
        let Some(licence) = &self.licence else {
            return Some(format!("{}: names no licence", self.name));
        };
        match allows(licence, self.tool) {
            Ok(true) => None,
            Ok(false) => {
                Some(format!("{}: `{licence}` is not among the licences we accept", self.name))
            }
            Err(why) => Some(format!("{}: `{licence}` cannot be read: {why}", self.name)),
        }
    }
}

/// The crates that the workspace resolves to, ours left out.
pub fn of_crates(metadata: &Value) -> Result<Vec<Licensed>, String> {
    let nodes = list(&metadata["resolve"], "nodes")?;
    let resolved: BTreeSet<&str> =
        nodes.iter().map(|node| text(node, "id")).collect::<Result<_, _>>()?;
    let mut found = Vec::new();
    for package in list(metadata, "packages")? {
        if package["source"].is_null() || !resolved.contains(text(package, "id")?) {
            continue;
        }
        found.push(Licensed {
            name: format!("{} {}", text(package, "name")?, text(package, "version")?),
            licence: package["license"].as_str().map(str::to_owned),
            tool: false,
        });
    }
    Ok(found)
}

/// The packages of a `package-lock.json`, ours left out.
pub fn of_npm_packages(lock: &str) -> Result<Vec<Licensed>, String> {
    let lock: Value = serde_json::from_str(lock)
        .map_err(|why| format!("cannot read package-lock.json: {why}"))?;
    let packages = lock["packages"].as_object().ok_or("package-lock.json lists no packages")?;
    Ok(packages
        .iter()
        .filter(|(path, _)| !path.is_empty())
        .map(|(path, package)| Licensed {
            name: format!(
                "{} {}",
                path.rsplit("node_modules/").next().unwrap_or(path),
                package["version"].as_str().unwrap_or_default()
            ),
            licence: package["license"].as_str().map(str::to_owned),
            tool: package["dev"].as_bool().unwrap_or(false),
        })
        .collect())
}

/// Whether an SPDX expression leaves us a way to comply with accepted licences only.
///
/// ```text
/// any  = all  { ("OR" | "/") all }
/// all  = one  { "AND" one }
/// one  = "(" any ")" | name [ "WITH" name ]
/// ```
fn allows(expression: &str, tool: bool) -> Result<bool, String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words: Vec<&str> = spaced.split_whitespace().rev().collect();
    let answer = any(&mut words, tool)?;
    match words.pop() {
        None => Ok(answer),
        Some(rest) => Err(format!("`{rest}` stands where the expression should end")),
    }
}

/// Each of these takes its words from the end of the list, which is the front of the expression.
fn any(words: &mut Vec<&str>, tool: bool) -> Result<bool, String> {
    let mut answer = all(words, tool)?;
    while words.last() == Some(&"OR") {
        words.pop();
        answer |= all(words, tool)?;
    }
    Ok(answer)
}

fn all(words: &mut Vec<&str>, tool: bool) -> Result<bool, String> {
    let mut answer = one(words, tool)?;
    while words.last() == Some(&"AND") {
        words.pop();
        answer &= one(words, tool)?;
    }
    Ok(answer)
}

fn one(words: &mut Vec<&str>, tool: bool) -> Result<bool, String> {
    let name = match words.pop() {
        None => return Err("it ends too early".to_owned()),
        Some("(") => {
            let answer = any(words, tool)?;
            return if words.pop() == Some(")") {
                Ok(answer)
            } else {
                Err("a bracket stays open".to_owned())
            };
        }
        Some(name) => name,
    };
    if words.last() != Some(&"WITH") {
        return Ok(is_accepted(name, tool));
    }
    words.pop();
    let exception = words.pop().ok_or("it ends after WITH")?;
    Ok(is_accepted(&format!("{name} WITH {exception}"), tool))
}

fn is_accepted(name: &str, tool: bool) -> bool {
    ACCEPTED.contains(&name) || (tool && ACCEPTED_FOR_TOOLS.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_needs_one_accepted_licence_and_a_sum_needs_all() {
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("GPL-3.0-only OR MIT", true),
            ("GPL-3.0-only AND MIT", false),
            ("MIT/Apache-2.0", true),
            ("(MIT OR GPL-2.0) AND Unicode-3.0", true),
            ("MIT OR GPL-2.0 AND SSPL-1.0", true),
            ("(MIT OR GPL-2.0) AND SSPL-1.0", false),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("GPL-2.0 WITH Classpath-exception-2.0", false),
        ] {
            assert_eq!(allows(expression, false), Ok(expected), "{expression}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_and_says_where() {
        for (expression, why) in [
            ("", "too early"),
            ("MIT OR", "too early"),
            ("(MIT", "stays open"),
            ("MIT BSD-3-Clause", "should end"),
        ] {
            assert!(allows(expression, false).unwrap_err().contains(why), "{expression}");
        }
    }

    #[test]
    fn a_tool_may_be_what_a_part_of_the_product_may_not() {
        let mut found = of_npm_packages(
            r#"{"packages": {
                "": {"license": "Apache-2.0"},
                "node_modules/axe-core": {"version": "4.0.0", "license": "MPL-2.0", "dev": true},
                "node_modules/a/node_modules/@b/c": {"version": "1.0.0", "license": "MPL-2.0"},
                "node_modules/silent": {"version": "2.0.0"}
            }}"#,
        )
        .unwrap();
        found.sort_by(|a, b| a.name.cmp(&b.name));
        let refusals: Vec<_> = found.iter().map(Licensed::refusal).collect();
        assert_eq!(found.len(), 3);
        assert!(
            refusals[0].as_ref().is_some_and(|why| why.starts_with("@b/c 1.0.0: `MPL-2.0`")),
            "{refusals:?}"
        );
        assert_eq!(refusals[1], None);
        assert_eq!(refusals[2].as_deref(), Some("silent 2.0.0: names no licence"));
    }
}
