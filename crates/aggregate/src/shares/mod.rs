//! Shares of the three moods among posts, from calibrated probabilities and from posts whose mood is known.
//!
//! A calibrated probability is right on average for one mix of moods, its prior. Where the mix is another one, each
//! probability leans back towards the prior, and so does their mean: an eight-point change shows as three or four.
//! Counting the most probable mood is worse. So the mix is estimated, in three steps:
//!
//! 1. [`em`]: expectation-maximisation finds the mix under which the probabilities are most likely (SLD: Saerens,
//!    Latinne & Decaestecker 2002, *Adjusting the outputs of a classifier to new a priori probabilities*, eq. 2.9). Its
//!    prior is [`matched`] to the labelled posts, language by language.
//! 2. The probabilities are reweighted for that mix: then they tell the moods apart best.
//! 3. [`inverse`]: what the reweighted probabilities say of labelled posts of each mood says how far their mean is off,
//!    and the mean is taken back by it (PACC: Bella et al. 2010, *Quantification via probability estimators*; for any
//!    function of a post, as here: Vaz, Izbicki & Stern 2019, *Quantification under prior probability shift*, JMLR 20:79).
//!
//! The third step takes out what the second leaves where the calibration is not perfect; without it the intervals of
//! large days promise too much. Where the first does not settle the probabilities are left as they are, which is PACC.
//! Languages are estimated apart in the third step, each with labelled posts of its own, and add up by their posts.
//!
//! Assumption: posts of one mood look as the labelled posts of that mood do; only how many there are of each has changed
//! (prior, or label, shift). New words for an old mood break this, and nothing here notices. `docs/method.md` says more.
//!
//! Invariant: the same posts, labelled posts and seed give the same shares, bit for bit, in whatever order posts come.

mod crowd;
mod em;
mod estimate;
mod grid;
mod inverse;
mod labelled;
mod matched;
mod reference;

pub(crate) use crowd::{AUTHOR, BLOCKS, Crowd, Said, block};
pub(crate) use estimate::{Estimate, Used, estimate};
pub(crate) use grid::{CELLS, cell};
#[cfg(test)]
pub(crate) use labelled::tests;
pub use labelled::{LabelledPost, Validation};
pub(crate) use reference::References;

/// Shares of negative, neutral and positive.
pub(crate) type Mix = [f64; 3];

/// How often to draw, and from which seed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draws {
    pub(crate) resamples: u32,
    pub(crate) seed: u64,
}
