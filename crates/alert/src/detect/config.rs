//! The numbers behind the rule. They were set by simulation, and a report prints them next to what they flag.

/// How a day is held against its past. The defaults are those whose false alarms were measured (`docs/alerts.md`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Config {
    /// Calendar days that a verdict looks back, today not counted.
    pub reach: i32,
    /// Heard days behind an expected value at most.
    pub window: usize,
    /// Heard days behind an expected value at least.
    pub least_days: usize,
    /// Days whose evidence is added up, today counted.
    pub memory: i32,
    /// Days just before a day that say nothing about what is usual, so that a burst does not become its own past.
    pub guard: i32,
    /// The rise that the sum is made for, in standard deviations.
    pub shift: f64,
    /// A sum above this is a flag, in units of log-likelihood.
    pub threshold: f64,
    /// Least that is flagged: people or posts, or posts with the property for a share.
    pub least: f64,
}

impl Config {
    /// Flags a day of a measure that does nothing unusual, at most, as simulated with the defaults.
    pub const FALSE_ALARMS: f64 = 0.005;
}

impl Default for Config {
    fn default() -> Self {
        Self { reach: 60, window: 56, least_days: 14, memory: 14, guard: 2, shift: 2.0, threshold: 5.0, least: 3.0 }
    }
}
