//! Reads files of segments, YAML or JSON, and says their faults with file and path.

use std::path::Path;

use condition::{Condition, SegmentId};
use segments::{Segment, SegmentDraft, SegmentFault, SegmentFile, check_all};

use crate::screen::Failure;

/// Reads the segments of a file as they are written: `segments: [...]`, or the list alone.
pub(crate) fn read(path: &Path) -> Result<Vec<SegmentDraft>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|fault| Failure::file(path, fault))?;
    parse(&text).map_err(|fault| Failure::file(path, fault))
}

fn parse(text: &str) -> Result<Vec<SegmentDraft>, String> {
    let tree = tree(text)?;
    let described = |fault: serde_path_to_error::Error<serde_json::Error>| {
        format!("{}: {}", fault.path(), fault.inner())
    };
    if tree.is_array() {
        return serde_path_to_error::deserialize(tree).map_err(described);
    }
    serde_path_to_error::deserialize(tree).map(|file: SegmentFile| file.segments).map_err(described)
}

/// YAML and JSON take the same way from here on, so that a fault has the same path in both.
pub(crate) fn tree(text: &str) -> Result<serde_json::Value, String> {
    match serde_json::from_str(text) {
        Ok(tree) => Ok(tree),
        Err(_) if !text.trim_start().starts_with(['{', '[']) => {
            serde_saphyr::from_str(text).map_err(|fault| fault.to_string())
        }
        Err(fault) => Err(fault.to_string()),
    }
}

/// Reads a file that holds one condition and nothing else. The server says its faults.
pub(crate) fn condition(path: &Path) -> Result<serde_json::Value, Failure> {
    let text = std::fs::read_to_string(path).map_err(|fault| Failure::file(path, fault))?;
    tree(&text).map_err(|fault| Failure::file(path, fault))
}

/// Reads and checks files of segments that may refer to each other.
pub(crate) fn checked(paths: &[std::path::PathBuf]) -> Result<Vec<Segment>, Failure> {
    let mut drafts = vec![];
    for path in paths {
        drafts.extend(read(path)?);
    }
    check_all(&drafts, &[] as &[(SegmentId, Condition)]).map_err(|faults| faults_said(&faults))
}

/// All faults, one a line.
pub(crate) fn faults_said(faults: &[SegmentFault]) -> Failure {
    let lines = |say: &dyn Fn(&SegmentFault) -> String| {
        faults
            .iter()
            .map(|fault| format!("\n  {} {}: {}", fault.id, fault.fault.path, say(fault)))
            .collect::<String>()
    };
    Failure::new(
        format!(
            "セグメントの定義に {} 件の誤りがあります{}",
            faults.len(),
            lines(&|f| f.fault.kind.ja())
        ),
        format!("the segments have {} faults{}", faults.len(), lines(&|f| f.fault.kind.en())),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_and_json_say_the_same() {
        let yaml = "segments:\n  - id: a\n    name: {ja: あ, en: A}\n    condition:\n      event: login\n      last: 30d\n";
        let json = r#"[{"id":"a","name":{"ja":"あ","en":"A"},"condition":{"event":"login","last":"30d"}}]"#;
        assert_eq!(parse(yaml), parse(json));
        assert!(
            parse("segments:\n  - id: a\n    conditon: {}\n").unwrap_err().contains("segments[0]")
        );
    }
}
