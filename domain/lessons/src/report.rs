//! A model's card as sentences, in both languages.

use condition::Language;
use forecast::propensity::{Card, Drop, Figure, HeldBack, Learner, Measures, Reason, Warning};

use crate::Gaze;

/// The card, line by line.
pub fn card(card: &Card, language: Language) -> Vec<String> {
    let mut lines = about_rows(card, language);
    lines.push(held_back(&card.held_back, language));
    lines.push(String::new());
    lines.extend(outcomes(card, language));
    lines.push(String::new());
    lines.push(winner(card, language));
    lines.push(String::new());
    lines.extend(calibration(card, language));
    lines.push(String::new());
    lines.extend(importance(card, language));
    lines
}

fn about_rows(card: &Card, language: Language) -> Vec<String> {
    let label = &card.label;
    let percent = 100.0 * label.positives as f64 / label.rows as f64;
    let (n, yes, column, value) = (label.rows, label.positives, &label.column, &label.positive);
    let mut lines = vec![match language {
        Language::Ja => {
            format!("{n} 行から学習、うち {column} = {value} が {yes} 行（{percent:.1} %）")
        }
        Language::En => {
            format!("learnt from {n} rows, {yes} of them ({percent:.1} %) with {column} = {value}")
        }
    }];
    if card.learnt_rows < n {
        let drawn = card.learnt_rows;
        lines.push(match language {
            Language::Ja => format!("行が多いので、種から引いた {drawn} 行で学習"),
            Language::En => format!("of so many rows {drawn} were drawn by the seed to learn from"),
        });
    }
    if let Some((from, to)) = &card.times {
        lines.push(match language {
            Language::Ja => format!("期間: {from} から {to}"),
            Language::En => format!("times: {from} to {to}"),
        });
    }
    lines.push(match language {
        Language::Ja => format!("特徴: {} 個", card.features.len()),
        Language::En => format!("features: {}", card.features.len()),
    });
    lines.extend(noticed(card, language));
    lines
}

/// Columns that were left out, and what else was noticed.
pub fn noticed(card: &Card, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    let told = |left: &&Drop| left.reason != Reason::Label;
    for left in card.left_out.iter().filter(told) {
        lines.push(match language {
            Language::Ja => {
                format!("  使わない列 {}: {}", left.column, reason(&left.reason, language))
            }
            Language::En => {
                format!("  left out {}: {}", left.column, reason(&left.reason, language))
            }
        });
    }
    for one in &card.warnings {
        lines.push(match language {
            Language::Ja => format!("  注意 {}", warning(one, language)),
            Language::En => format!("  note {}", warning(one, language)),
        });
    }
    lines
}

fn reason(reason: &Reason, language: Language) -> String {
    match (reason, language) {
        (Reason::Label, Language::Ja) => "予測する列".into(),
        (Reason::Label, Language::En) => "it is what is foretold".into(),
        (Reason::Time, Language::Ja) => "時点の列".into(),
        (Reason::Time, Language::En) => "it says when".into(),
        (Reason::Fold, Language::Ja) => "分け方の列".into(),
        (Reason::Fold, Language::En) => "it says how rows are held back".into(),
        (Reason::Asked, Language::Ja) => "指定により除外".into(),
        (Reason::Asked, Language::En) => "as asked".into(),
        (Reason::Names, Language::Ja) => "行や顧客の名前・番号".into(),
        (Reason::Names, Language::En) => "it names rows or customers (id)".into(),
        (Reason::Constant, Language::Ja) => "どの行も同じ".into(),
        (Reason::Constant, Language::En) => "it is the same in all rows".into(),
        (Reason::Leaks { auc }, Language::Ja) => {
            format!(
                "漏れの疑い: この列だけで結果がほぼわかる（AUC {auc:.3}）。結果の後に記録された列ではありませんか。使うなら --keep"
            )
        }
        (Reason::Leaks { auc }, Language::En) => {
            format!(
                "leakage: it tells the outcome nearly by itself (AUC {auc:.3}), as what is written down afterwards does; --keep uses it"
            )
        }
        (Reason::LeaksByHoles { auc }, Language::Ja) => {
            format!("漏れの疑い: 空かどうかだけで結果がほぼわかる（AUC {auc:.3}）。使うなら --keep")
        }
        (Reason::LeaksByHoles { auc }, Language::En) => {
            format!(
                "leakage: whether it is filled tells the outcome nearly by itself (AUC {auc:.3}); --keep uses it"
            )
        }
        (Reason::AfterTime { rows }, Language::Ja) => {
            format!("漏れの疑い: {rows} 行で、その行の時点より後の日付がある")
        }
        (Reason::AfterTime { rows }, Language::En) => {
            format!("leakage: in {rows} rows it lies after the row's own time")
        }
        (Reason::CopyOf { column }, Language::Ja) => format!("{column} と同じ内容"),
        (Reason::CopyOf { column }, Language::En) => format!("it holds the same as {column}"),
    }
}

/// What was noticed in a column.
pub fn warning(warning: &Warning, language: Language) -> String {
    match (warning, language) {
        (Warning::Strong { column, auc }, Language::Ja) => {
            format!(
                "{column}: この列だけでよく当たりすぎる（AUC {auc:.3}）。その時点でわかっていた値か確かめてください（漏れ）"
            )
        }
        (Warning::Strong { column, auc }, Language::En) => {
            format!(
                "{column}: suspiciously good by itself (AUC {auc:.3}); make sure it was known at that time (leakage)"
            )
        }
        (Warning::OnlyPositive { column, value, rows }, Language::Ja) => {
            format!(
                "{column} = {value} の {rows} 行はすべて該当。結果の後に記録された値ではありませんか（漏れ）"
            )
        }
        (Warning::OnlyPositive { column, value, rows }, Language::En) => {
            format!(
                "{column}: all {rows} rows with {value} are positive; make sure it is not written down afterwards (leakage)"
            )
        }
        (Warning::ManyWords { column, words }, Language::Ja) => {
            format!("{column}: {words} 種類の値があり、まれな値は「その他」にまとめた")
        }
        (Warning::ManyWords { column, words }, Language::En) => {
            format!("{column}: {words} different values; the rarer ones count as one")
        }
        (Warning::Drifts { column, index }, Language::Ja) => {
            format!("{column}: 後の期間で値の分布が大きく変わった（PSI {index:.2}）")
        }
        (Warning::Drifts { column, index }, Language::En) => {
            format!(
                "{column}: its values are unlike those learnt from in the rows held back (PSI {index:.2})"
            )
        }
    }
}

/// How rows were held back.
pub fn held_back(held: &HeldBack, language: Language) -> String {
    match (held, language) {
        (HeldBack::Later { column, from }, Language::Ja) => {
            format!("検証: {column} が {from} 以降の行を隠し、それより前の行から学習")
        }
        (HeldBack::Later { column, from }, Language::En) => {
            format!("tried on the rows with {column} from {from} on, learnt from those before")
        }
        (HeldBack::Given { column, parts }, Language::Ja) => {
            format!("検証: {column} の {parts} 個の組を順に隠し、残りから学習")
        }
        (HeldBack::Given { column, parts }, Language::En) => {
            format!("tried on each of the {parts} folds of {column}, learnt from the others")
        }
        (HeldBack::Test { column }, Language::Ja) => {
            format!("検証: {column} がテストの行を隠し、残りから学習")
        }
        (HeldBack::Test { column }, Language::En) => {
            format!("tried on the rows that {column} calls a test, learnt from the others")
        }
        (HeldBack::Drawn { parts, whom: None }, Language::Ja) => {
            format!("検証: 種から引いた {parts} 個の組を順に隠し、残りから学習")
        }
        (HeldBack::Drawn { parts, whom: None }, Language::En) => {
            format!("tried on each of {parts} folds drawn by the seed, learnt from the others")
        }
        (HeldBack::Drawn { parts, whom: Some(whom) }, Language::Ja) => {
            format!(
                "検証: 種から引いた {parts} 個の組を順に隠し、残りから学習（{whom} が同じ行は同じ組）"
            )
        }
        (HeldBack::Drawn { parts, whom: Some(whom) }, Language::En) => {
            format!(
                "tried on each of {parts} folds drawn by the seed, learnt from the others (rows with the same {whom} together)"
            )
        }
    }
}

/// The name of a learner.
pub fn learner(learner: Learner, language: Language) -> &'static str {
    match (learner, language) {
        (Learner::Logistic, Language::Ja) => "ロジスティック回帰",
        (Learner::Logistic, Language::En) => "logistic regression",
        (Learner::Boosting, Language::Ja) => "勾配ブースティング",
        (Learner::Boosting, Language::En) => "gradient boosting",
        (Learner::Both, Language::Ja) => "両方の平均",
        (Learner::Both, Language::En) => "mean of both",
    }
}

fn figure(figure: &Figure) -> String {
    format!("{:.4} ({:.4}–{:.4})", figure.value, figure.low, figure.high)
}

fn outcomes(card: &Card, language: Language) -> Vec<String> {
    let Some(first) = card.outcomes.first() else { return vec![] };
    let (n, yes) = (first.measures.n, first.measures.positives);
    let mut lines = vec![match language {
        Language::Ja => format!("隠した {n} 行（該当 {yes} 行）での成績、かっこ内は 95 % 区間:"),
        Language::En => format!("on {n} rows held back ({yes} positive), with 95 % intervals:"),
    }];
    for outcome in &card.outcomes {
        lines.push(format!("  {}", learner(outcome.learner, language)));
        let Measures {
            auc,
            average_precision,
            lift_of_tenth,
            brier,
            log_loss,
            calibration_error,
            ..
        } = &outcome.measures;
        let (ap, lift, ece) = match language {
            Language::Ja => ("平均適合率", "上位1割のリフト", "較正誤差 ECE"),
            Language::En => ("average precision", "lift of top tenth", "calibration error ECE"),
        };
        lines.push(format!("    AUC {}   {ap} {}", figure(auc), figure(average_precision)));
        lines.push(format!("    {lift} {}   Brier {}", figure(lift_of_tenth), figure(brier)));
        lines.push(format!(
            "    log loss {}   {ece} {}",
            figure(log_loss),
            figure(calibration_error)
        ));
    }
    if let Some((column, auc)) = &card.rule {
        lines.push(match language {
            Language::Ja => {
                format!("  くらべるための簡単な規則: {column} だけで並べると AUC {auc:.4}")
            }
            Language::En => {
                format!("  the plainest rule beside them: by {column} alone, AUC {auc:.4}")
            }
        });
    }
    lines
}

/// Who won, and why.
pub fn winner(card: &Card, language: Language) -> String {
    let winner = &card.winner;
    let (won, best) = (learner(winner.learner, language), learner(winner.best, language));
    let (by, error) = (winner.logistic_worse_by, winner.error);
    match (winner.learner == winner.best, winner.learner, language) {
        (true, Learner::Logistic, Language::Ja) => {
            format!("選んだモデル: {won}。隠した行での損失（log loss）が最も小さい")
        }
        (true, Learner::Logistic, Language::En) => {
            format!("winner: {won}: the least log loss on the rows held back")
        }
        (true, _, Language::Ja) => format!(
            "選んだモデル: {won}。隠した行での損失（log loss）が最も小さく、ロジスティック回帰との差 {by:.5} は誤差 {error:.5} を超える"
        ),
        (true, _, Language::En) => format!(
            "winner: {won}: the least log loss on the rows held back; logistic regression has {by:.5} more, beyond the error of {error:.5}"
        ),
        (false, _, Language::Ja) => format!(
            "選んだモデル: {won}。{best} との損失の差 {by:.5} は誤差 {error:.5} の内なので、項ごとに読める方を選んだ"
        ),
        (false, _, Language::En) => format!(
            "winner: {won}: its log loss is {by:.5} above that of the {best}, within the error of {error:.5}, and it can be read term by term"
        ),
    }
}

fn calibration(card: &Card, language: Language) -> Vec<String> {
    let mut lines = vec![match language {
        Language::Ja => "較正（隠した行をスコア順に10等分、予測の平均と実際の割合）:".to_owned(),
        Language::En => {
            "calibration (the rows held back in tenths by score: mean score, share that came):"
                .to_owned()
        }
    }];
    for (place, tenth) in card.tenths.iter().enumerate() {
        lines.push(format!(
            "  {:>2}  n {:>7}  {:.4}  {}",
            place + 1,
            tenth.n,
            tenth.score,
            figure(&tenth.share)
        ));
    }
    lines
}

fn importance(card: &Card, language: Language) -> Vec<String> {
    let mut lines = vec![match language {
        Language::Ja => "寄与（スコアのロジットを平均どれだけ動かすか）:".to_owned(),
        Language::En => "contributions (how much each moves the logit on average):".to_owned(),
    }];
    let shown = card.importance.iter().filter(|(_, worth)| 0.0 < *worth).take(20);
    lines.extend(shown.map(|(name, worth)| format!("  {worth:.4}  {name}")));
    lines
}

impl Gaze {
    /// The card with what was looked at called by its name for people, in place of its columns.
    pub fn named(&self, card: &Card, language: Language) -> Card {
        let name = |column: &String| {
            self.look(column).map_or_else(|| column.clone(), |look| look.said(language))
        };
        let mut card = card.clone();
        card.features = card.features.iter().map(name).collect();
        card.left_out.iter_mut().for_each(|left| left.column = name(&left.column));
        card.left_out.retain(|left| !left.column.starts_with('\u{2}'));
        for warning in &mut card.warnings {
            let (Warning::Strong { column, .. }
            | Warning::OnlyPositive { column, .. }
            | Warning::ManyWords { column, .. }
            | Warning::Drifts { column, .. }) = warning;
            *column = name(column);
        }
        card.rule = card.rule.map(|(column, auc)| (name(&column), auc));
        card.importance.iter_mut().for_each(|(column, _)| *column = name(column));
        if let HeldBack::Later { column, .. } = &mut card.held_back {
            *column = match language {
                Language::Ja => "時点".to_owned(),
                Language::En => "the time".to_owned(),
            };
        }
        card
    }
}
