//! A segment as it is written in a file, sent to the API or made on the page; and as it can be used.

use std::collections::BTreeSet;

use condition::{Condition, Draft, Fault, FaultKind, Said, SegmentId};
use jiff::civil::Date;
use kernel::{Plan, PlanFault};
use serde::{Deserialize, Serialize};

/// The four golden segments; no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Golden {
    /// 優良顧客
    Loyal,
    /// ハイポテンシャル層
    HighPotential,
    /// リスク層
    AtRisk,
    /// 類似層
    Lookalike,
}

/// A file of segments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentFile {
    /// The segments, in any order; they may refer to each other.
    pub segments: Vec<SegmentDraft>,
}

/// A segment as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentDraft {
    /// Its id; made from the name when none is given.
    pub id: String,
    /// Its name; one text stands for both languages.
    #[serde(default, with = "name")]
    pub name: Said,
    /// To whom, what for: the reason why the group exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// What is to be done with its members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_action: Option<String>,
    /// Which golden segment it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub golden: Option<Golden>,
    /// Who answers for it: a person or a team, as people call them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The day by which it is to be looked at again, such as `2027-03-01`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_on: Option<String>,
    /// The day on which it was looked at last and found good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed_on: Option<String>,
    /// Who is in.
    pub condition: Draft,
}

impl SegmentDraft {
    /// The same without who answers for it and when it is looked at, which say nothing of what it is.
    pub fn without_care(&self) -> SegmentDraft {
        SegmentDraft { owner: None, review_on: None, reviewed_on: None, ..self.clone() }
    }

    /// Whether the day by which it is to be looked at again is over. A day that is none is never over.
    pub fn is_overdue(&self, today: Date) -> bool {
        let due: Option<Date> = self.review_on.as_deref().and_then(|day| day.parse().ok());
        due.is_some_and(|due| due < today)
    }

    /// The days of its reviews that are no days, with their paths.
    fn wrong_days(&self) -> impl Iterator<Item = Fault> {
        let days = [("/review_on", &self.review_on), ("/reviewed_on", &self.reviewed_on)];
        days.into_iter().filter_map(|(path, day)| {
            let text = day.as_deref().filter(|text| text.parse::<Date>().is_err())?;
            let kind = FaultKind::Date(text.chars().take(60).collect());
            Some(Fault { path: path.into(), kind })
        })
    }
}

/// A segment that can be evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its id.
    pub id: SegmentId,
    /// Its name.
    pub name: Said,
    /// Why it exists.
    pub purpose: Option<String>,
    /// What is to be done with its members.
    pub next_action: Option<String>,
    /// Which golden segment it is.
    pub golden: Option<Golden>,
    /// Who is in.
    pub condition: Condition,
}

/// A fault in one segment of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentFault {
    /// The segment's place in the file.
    pub place: usize,
    /// The id as written.
    pub id: String,
    /// The fault; its path begins at the segment.
    pub fault: Fault,
}

/// Checks segments that may refer to each other and to `others`, which are known already.
///
/// # Errors
/// Every fault of every segment: of the condition, the id, ids given twice, unknown references and circles.
pub fn check_all(
    drafts: &[SegmentDraft],
    others: &[(SegmentId, Condition)],
) -> Result<Vec<Segment>, Vec<SegmentFault>> {
    let mut faults = vec![];
    let mut segments = vec![];
    let mut seen = BTreeSet::new();
    for (place, draft) in drafts.iter().enumerate() {
        let mut note =
            |fault: Fault| faults.push(SegmentFault { place, id: draft.id.clone(), fault });
        let id = SegmentId::new(&draft.id);
        if id.is_none() {
            note(Fault {
                path: "/id".into(),
                kind: FaultKind::SegmentName(draft.id.chars().take(60).collect()),
            });
        } else if !seen.insert(draft.id.clone()) {
            let kind = FaultKind::Word {
                written: draft.id.clone(),
                allowed: "an id used once (一度だけ使うID)".into(),
            };
            note(Fault { path: "/id".into(), kind });
        }
        draft.wrong_days().for_each(&mut note);
        match draft.condition.check() {
            Ok(condition) => segments.extend(id.map(|id| (place, made(draft, id, condition)))),
            Err(found) => found.into_iter().for_each(|fault| {
                note(Fault { path: format!("/condition{}", fault.path), ..fault });
            }),
        }
    }
    if faults.is_empty() {
        faults = reference_faults(drafts, &segments, others);
    }
    if faults.is_empty() {
        Ok(segments.into_iter().map(|(_, segment)| segment).collect())
    } else {
        Err(faults)
    }
}

fn made(draft: &SegmentDraft, id: SegmentId, condition: Condition) -> Segment {
    let name = match draft.name == Said::default() {
        true => Said::new(&draft.id, &draft.id),
        false => draft.name.clone(),
    };
    Segment {
        id,
        name,
        purpose: draft.purpose.clone(),
        next_action: draft.next_action.clone(),
        golden: draft.golden,
        condition,
    }
}

fn reference_faults(
    drafts: &[SegmentDraft],
    segments: &[(usize, Segment)],
    others: &[(SegmentId, Condition)],
) -> Vec<SegmentFault> {
    let own: Vec<(SegmentId, Condition)> = segments
        .iter()
        .map(|(_, segment)| (segment.id.clone(), segment.condition.clone()))
        .collect();
    let replaced: BTreeSet<&SegmentId> = own.iter().map(|(id, _)| id).collect();
    let mut all: Vec<_> = others.iter().filter(|(id, _)| !replaced.contains(id)).cloned().collect();
    all.extend(own.iter().cloned());
    let Err(found) = Plan::new(all) else { return vec![] };
    let place_of = |id: &SegmentId| {
        segments.iter().find(|(_, segment)| segment.id == *id).map_or(0, |(place, _)| *place)
    };
    let mut faults = vec![];
    for fault in found {
        match fault {
            PlanFault::Unknown { segment, refers_to } => {
                let place = place_of(&segment);
                let paths = drafts
                    .get(place)
                    .map(|draft| draft.condition.segment_paths())
                    .unwrap_or_default();
                let path = paths
                    .into_iter()
                    .find(|(_, id)| *id == refers_to)
                    .map_or(String::new(), |(path, _)| path);
                let kind = FaultKind::UnknownSegment(refers_to.to_string());
                let fault = Fault { path: format!("/condition{path}"), kind };
                faults.push(SegmentFault { place, id: segment.to_string(), fault });
            }
            PlanFault::Cycle(circle) => {
                let written: Vec<&str> = circle.iter().map(SegmentId::as_str).collect();
                let place = circle.iter().map(place_of).max().unwrap_or(0);
                let fault = Fault {
                    path: "/condition".into(),
                    kind: FaultKind::Cycle(written.join(" → ")),
                };
                faults.push(SegmentFault {
                    place,
                    id: drafts.get(place).map_or(String::new(), |d| d.id.clone()),
                    fault,
                });
            }
        }
    }
    faults
}

/// A name is written as one text or as `{ja, en}`.
mod name {
    use condition::Said;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Deserialize)]
    #[serde(
        untagged,
        expecting = "a name is one text, or `ja` and `en`; quote texts that have a comma or a colon"
    )]
    enum Written {
        One(String),
        Both(Both),
    }

    // A misspelt language, or what YAML makes of an unquoted comma, is a fault and not half a name.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Both {
        #[serde(default)]
        ja: String,
        #[serde(default)]
        en: String,
    }

    pub(super) fn serialize<S: Serializer>(name: &Said, to: S) -> Result<S::Ok, S::Error> {
        name.serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Said, D::Error> {
        Ok(match Written::deserialize(from)? {
            Written::One(text) => Said::new(text.clone(), text),
            Written::Both(Both { ja, en }) => Said::new(ja, en),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(id: &str, condition: &str) -> SegmentDraft {
        SegmentDraft {
            id: id.into(),
            name: Said::default(),
            purpose: None,
            next_action: None,
            golden: None,
            owner: None,
            review_on: None,
            reviewed_on: None,
            condition: Draft::from_json(condition).unwrap(),
        }
    }

    #[test]
    fn every_fault_of_every_segment_is_told_with_its_path() {
        let drafts = [
            draft("Bad Id", r#"{"all":[{"event":"x","last":"0d"},{"attribute":"a"}]}"#),
            draft("b", r#"{"event":"x","lsat":"3d"}"#),
        ];
        let faults = check_all(&drafts, &[]).unwrap_err();
        let paths: Vec<(usize, &str)> =
            faults.iter().map(|f| (f.place, f.fault.path.as_str())).collect();
        assert_eq!(
            paths,
            [
                (0, "/id"),
                (0, "/condition/all/0/last"),
                (0, "/condition/all/1"),
                (1, "/condition/lsat")
            ]
        );
    }

    #[test]
    fn a_day_of_a_review_is_a_day() {
        let due = |day: &str| SegmentDraft {
            review_on: Some(day.into()),
            ..draft("a", r#"{"event":"x"}"#)
        };
        assert!(check_all(&[due("2027-02-28")], &[]).is_ok());
        let today: Date = "2027-03-01".parse().unwrap();
        assert!(due("2027-02-28").is_overdue(today) && !due("2027-03-01").is_overdue(today));
        let faults = check_all(&[due("2027-02-29")], &[]).unwrap_err();
        let fault = Fault { path: "/review_on".into(), kind: FaultKind::Date("2027-02-29".into()) };
        assert_eq!(faults, [SegmentFault { place: 0, id: "a".into(), fault }]);
    }

    #[test]
    fn references_are_followed_and_circles_refused() {
        let unknown = check_all(&[draft("a", r#"{"all":[{"segment":"zzz"}]}"#)], &[]).unwrap_err();
        assert_eq!(unknown[0].fault.path, "/condition/all/0/segment");
        let circle = check_all(
            &[draft("a", r#"{"segment":"b"}"#), draft("b", r#"{"not":{"segment":"a"}}"#)],
            &[],
        );
        assert!(matches!(circle.unwrap_err()[0].fault.kind, FaultKind::Cycle(_)));
        let good =
            check_all(&[draft("a", r#"{"segment":"b"}"#), draft("b", r#"{"event":"x"}"#)], &[]);
        assert_eq!(good.unwrap().len(), 2);
    }
}
