//! text → readings and vectors: tokens, batches, engines, on its own thread
//!
//! ```text
//! texts ─normalize─▶ unique ─language─▶ readable ─▶ each Reader: tokens ─sort, cut─▶ Engine ─calibrate─▶ Answer ─▶ Heard
//!            └ copies and texts read before ───────────────────────────────────────────────────── cache ──────┘
//! ```
//!
//! Invariants
//! * What is heard in a text depends on the text, the platform's language tag and the model alone: not on its
//!   neighbours in a batch, the number of threads or what was read before. So a run that was killed and repeated gives
//!   the numbers of an undisturbed one. (The bundled model fixes its activation scales for this; a test checks it.)
//! * A text the model cannot read is `Unscored` with a reason. Nothing is guessed and nothing crashes.
//! * A bundle whose files differ from its card is refused.
//!
//! It is not a place where posts, authors or days are known.

mod answer;
mod batch;
mod bundle;
mod calibrate;
mod card;
mod classifier;
mod engine;
mod error;
pub mod fit;
mod guard;
mod language;
mod lineup;
mod normalize;
mod pool;
mod prepare;
#[cfg(feature = "libtorch")]
pub mod published;
mod reader;
mod tokens;
mod validation;
mod verify;

pub use answer::Answer;
pub use batch::TokenBatch;
pub use bundle::{BUNDLED, Bundle, sha256};
pub use card::{
    Answers, BinaryHead, Card, DevFigure, EmotionsHead, Head, Mood, Probe, Published, Runs, Scaling, SentimentHead,
    TrainingSet, VectorHead,
};
pub use classifier::{Classifier, Config, Lang, Text};
pub use engine::{Device, Engine, Outputs, Precision, RtenEngine, load as engines};
pub use error::Error;
pub use guard::is_guarded;
pub use language::Languages;
pub use lineup::Lineup;
pub use normalize::normalize;
pub use prepare::Said;
pub use validation::{Row, Validation};
pub use verify::FileFinding;
