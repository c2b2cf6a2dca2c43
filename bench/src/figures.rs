//! Measured figures, and tables of them.

use std::time::Duration;

/// One measured row of a table.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Figure {
    pub(crate) what: String,
    pub(crate) value: String,
    pub(crate) how: String,
}

/// Many durations of the same thing.
#[derive(Debug, Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    pub(crate) fn extend(&mut self, others: Times) {
        self.0.extend(others.0);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn sum(&self) -> Duration {
        self.0.iter().sum()
    }

    /// The least time that so many percent do not exceed.
    pub(crate) fn part(&mut self, percent: usize) -> Duration {
        self.0.sort_unstable();
        let place = (self.0.len() * percent).div_ceil(100).saturating_sub(1);
        self.0.get(place).copied().unwrap_or_default()
    }

    /// Median, 95th and 99th of a hundred, and the worst.
    pub(crate) fn told(&mut self) -> String {
        let parts = [50, 95, 99, 100].map(|percent| self.part(percent));
        let [p50, p95, p99, worst] = parts.map(short);
        format!("p50 {p50}, p95 {p95}, p99 {p99}, worst {worst}")
    }
}

/// A duration in the unit that suits it.
pub(crate) fn short(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        1.0.. => format!("{seconds:.2} s"),
        0.001.. => format!("{:.1} ms", seconds * 1e3),
        _ => format!("{:.1} us", seconds * 1e6),
    }
}

/// The rows as a table in Markdown.
pub(crate) fn table(figures: &[Figure]) -> String {
    let mut text = "| measured | figure | how |\n|---|---|---|\n".to_owned();
    for Figure { what, value, how } in figures {
        text.push_str(&format!("| {what} | {value} | {how} |\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_of_the_times_measured() {
        let mut times = Times::default();
        (1..=200).rev().for_each(|n| times.push(Duration::from_millis(n)));
        assert_eq!(times.part(50), Duration::from_millis(100));
        assert_eq!(times.part(99), Duration::from_millis(198));
        assert_eq!(times.part(100), Duration::from_millis(200));
        assert_eq!(times.told(), "p50 100.0 ms, p95 190.0 ms, p99 198.0 ms, worst 200.0 ms");
        assert_eq!(Times::default().part(99), Duration::ZERO);
    }

    #[test]
    fn durations_have_the_unit_that_suits_them() {
        let told = [1_500_000, 12_300, 900, 0].map(|us| short(Duration::from_micros(us)));
        assert_eq!(told, ["1.50 s", "12.3 ms", "900.0 us", "0.0 us"]);
    }
}
