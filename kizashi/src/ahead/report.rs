//! Why no model can be learnt, for people at a terminal.

use forecast::propensity::{NoModel, NoSplit};
pub(crate) use lessons::report::{card, learner, noticed};

use crate::screen::Failure;

/// Why nobody can be said to be like the listed.
pub(crate) fn too_few_seeds(fault: &NoModel, found: usize) -> Failure {
    match fault {
        NoModel::TooFew { rows, .. } => Failure::new(
            format!(
                "顧客 {rows} 件とリストの {found} 件では足りません。顧客 100 件以上、リストとその他が 20 件以上ずつ必要です"
            ),
            format!(
                "{found} listed of {rows} customers are too few; 100 customers, 20 of them listed and 20 not, are needed"
            ),
        ),
        other => refused(other),
    }
}

/// Why there is no model, for people.
pub(crate) fn refused(fault: &NoModel) -> Failure {
    let ja = match fault {
        NoModel::NoColumn(column) => format!("列 `{column}` がありません"),
        NoModel::NotTwo { label, values } => format!(
            "`{label}` には {values} 種類の値があります。2種類の列を選ぶか、--positive で該当とする値を指定してください"
        ),
        NoModel::NoPositive { label, positive } => {
            format!("`{label}` が `{positive}` の行がありません")
        }
        NoModel::TooFew { rows, positives } => format!(
            "{rows} 行のうち該当 {positives} 行では学習に足りません。100 行以上、該当・非該当とも 20 行以上が必要です"
        ),
        NoModel::NoFeatures => "学習に使える列が残りません".to_owned(),
        NoModel::NoSplit(NoSplit::OneValue(column)) => {
            format!("列 `{column}` はどの行も同じなので、行を隠して検証できません")
        }
        NoModel::NoSplit(NoSplit::TooManyFolds { column, values }) => {
            format!("列 `{column}` には {values} 種類の値があります。組は 50 までです")
        }
        NoModel::NoSplit(NoSplit::TooFew) => {
            "この分け方では、片側に該当か非該当の行が足りません（各 10 行以上）".to_owned()
        }
    };
    Failure::new(ja, fault.to_string())
}
