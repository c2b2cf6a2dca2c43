//! Cells put right in the wizard, and rows left out there: kept with the import, so that it says for ever what was changed.

use intake::Mended;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    http::error::{Answer, ApiError},
    nouns::imports::{kept::Kept, told::KeptProblem},
};

/// The most cells put right, and rows left out, of one import; more is put right in the file.
const MOST: usize = 1_000;
/// The most characters of a cell.
const TEXT: usize = 2_000;

/// A cell to put right.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mend {
    /// The row as problems name it.
    pub(super) row: u64,
    /// The header of its column.
    column: String,
    /// What is to stand there; null takes an earlier change back.
    value: Option<String>,
}

/// A row to leave out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeaveOut {
    row: u64,
    /// Whether it is left out; false takes it in again.
    out: bool,
}

/// A cell that was put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct KeptMend {
    row: u64,
    column: String,
    /// What stands in the file.
    was: String,
    /// What is taken instead.
    value: String,
}

impl Kept {
    /// Notes what people put right. Only cells that were told as problems, or were put right before, are: anything else
    /// is a change of the file.
    pub(super) fn mend(
        &mut self,
        mends: Vec<Mend>,
        left_out: Vec<LeaveOut>,
        problems: &[KeptProblem],
    ) -> Answer<()> {
        for Mend { row, column, value } in mends {
            let known = self.mended.iter().position(|one| one.row == row && one.column == column);
            let was = match known {
                Some(place) => self.mended.remove(place).was,
                None => problems
                    .iter()
                    .find_map(|problem| problem.value_at(row, &column))
                    .ok_or_else(|| no_problem(row, &column))?,
            };
            if let Some(value) = value {
                if TEXT < value.chars().count() || value.contains('\0') {
                    return Err(ApiError::invalid(
                        format!("{row} 行目の値は {TEXT} 文字までにしてください"),
                        format!("write at most {TEXT} characters into row {row}"),
                    ));
                }
                self.mended.push(KeptMend { row, column, was, value });
            }
        }
        for LeaveOut { row, out } in left_out {
            self.left_out.retain(|one| *one != row);
            if out {
                self.left_out.push(row);
            }
        }
        if MOST < self.mended.len() || MOST < self.left_out.len() {
            return Err(ApiError::invalid(
                format!(
                    "ここで直せるのは {MOST} 件までです。残りはファイルを直して取り込み直してください"
                ),
                format!("at most {MOST} cells can be put right here; mend the file for the rest"),
            ));
        }
        self.mended.sort_by(|a, b| (a.row, &a.column).cmp(&(b.row, &b.column)));
        self.left_out.sort_unstable();
        Ok(())
    }

    /// What was put right, as the reader of files wants it.
    pub(super) fn mended(&self) -> Mended {
        let mut mended = Mended::default();
        for one in &self.mended {
            let column = self.columns.iter().position(|column| column.header == one.column);
            if let Some(column) = column {
                mended.put(one.row, column, one.value.as_str());
            }
        }
        self.left_out.iter().for_each(|row| mended.leave_out(*row));
        mended
    }
}

fn no_problem(row: u64, column: &str) -> ApiError {
    ApiError::invalid(
        format!("{row} 行目の「{column}」は、直す必要のあるセルではありません"),
        format!("`{column}` of row {row} is no cell with a problem"),
    )
}
