//! The drivers against each other: facts fed live with timers, and asked in bulk, alone and looking back.

use crate::{
    agreement::Trial,
    dice::Dice,
    drivers::{Driver, Question},
};

#[test]
fn live_batch_preview_and_backtest_agree() {
    let mut n_changes = 0;
    for seed in 50_000..50_200 {
        let trial = Trial::new(seed);
        let mut dice = Dice::new(seed);
        let asked: Vec<Question> = (0..30)
            .flat_map(|_| {
                let at = dice.pick(&trial.instants);
                [0, 1].map(|segment| Question { at, segment })
            })
            .collect();
        let batch = Driver::Batch.ask(&trial.world, &asked).unwrap();
        for driver in [Driver::Live, Driver::Preview, Driver::Backtest] {
            let answers = driver.ask(&trial.world, &asked).unwrap();
            for (question, (answer, batch)) in asked.iter().zip(answers.iter().zip(&batch)) {
                let segment = &trial.world.segments[question.segment].0;
                let name = driver.name();
                let shown = || trial.shown(question.at);
                assert_eq!(answer, batch, "{name} and batch differ on {segment}: {}", shown());
            }
        }
        n_changes += batch.windows(2).filter(|pair| pair[0] != pair[1]).count();
    }
    assert!(1_000 <= n_changes, "too quiet to prove anything: {n_changes} changes");
}
