//! Whether today stands out from the weeks before: one measure in, one verdict out.
//!
//! A measure is judged by a CUSUM of log-likelihood ratios beside what its own past lets expect (Page 1954; Hawkins and
//! Olwell 1998, ch. 6; Höhle and Paul 2008): negative binomial for counts, beta-binomial for shares. Watkins et al.
//! 2008 (BMC Med. Inform. Decis. Mak. 8, 37) found more outbreaks by it than by EARS, at the same false alarms. The
//! EARS methods C1 to C3 (Hutwagner et al. 2003) stand beside it, and decide nothing.
//!
//! Invariants
//! * A day that is not in a series was not heard. It is left out, never read as zero.
//! * What cannot be judged says why. It is not [`Verdict::Quiet`].
//! * A verdict depends on its own series alone, on the days up to today, and on nothing random.
//!
//! It is not where series come from, and not where it is decided who is told.

mod beta_binomial;
mod config;
mod cusum;
mod ears;
mod imputed;
mod judge;
mod negative_binomial;
mod series;
mod share;
mod spikes;
mod usual;
mod verdict;

pub use config::Config;
pub use ears::Ears;
pub use judge::{judge, judge_all};
pub use series::{Count, Measure, Part, Series, Values};
pub use spikes::Spikes;
pub use verdict::{Evidence, Judged, Reason, Verdict};
