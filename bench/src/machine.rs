//! The machine the figures belong to, and what a process has used so far.

use std::time::Duration;

/// Processor, cores, memory and kernel in one line.
pub(crate) fn described() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let cores = cores();
    let memory: u64 = field(&read("/proc/meminfo"), "MemTotal")
        .split(' ')
        .next()
        .unwrap_or("0")
        .parse()
        .unwrap_or(0);
    format!(
        "{} x {cores}, {} GiB, Linux {}",
        field(&read("/proc/cpuinfo"), "model name"),
        memory / (1 << 20),
        read("/proc/sys/kernel/osrelease").trim(),
    )
}

/// Processor time of a process so far (its own, or that of its finished children), by the kernel's 10 ms ticks.
pub(crate) fn cpu(process: &str, of_children: bool) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // Fields after the name in brackets, which may hold spaces; see proc(5): utime is the 12th of the rest.
    let rest = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let first = if of_children { 13 } else { 11 };
    let ticks: u64 =
        rest.split(' ').skip(first).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// The machine in a word that fits into the name of a file.
pub(crate) fn short_name() -> String {
    let all = described();
    let name = all.split(',').next().unwrap_or_default().to_lowercase();
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// How many threads run at once here.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The most memory a process has had, in MB.
pub(crate) fn peak_memory(process: &str) -> u64 {
    status(process, "VmHWM")
}

/// The memory a process has now, in MB.
pub(crate) fn memory(process: &str) -> u64 {
    status(process, "VmRSS")
}

fn status(process: &str, field: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1_024
}

/// How long this thread has had a core.
pub(crate) fn thread_cpu() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = told.split_whitespace().next().and_then(|nanos| nanos.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
}
