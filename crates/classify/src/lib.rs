//! text → readings and vectors: tokens, batches, engines, on its own thread
//!
//! ```text
//! texts ─normalize─▶ unique ─language─▶ readable ─tokens─▶ sorted by length ─cut by tokens─▶ Engine ─calibrate─▶ Heard
//!            └ copies and texts read before ─────────────────────────────────────── cache ──────┘
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

mod batch;
mod bundle;
mod calibrate;
mod card;
mod classifier;
mod engine;
mod error;
mod language;
mod normalize;
mod pool;
mod prepare;
mod validation;
mod verify;

pub use batch::TokenBatch;
pub use bundle::{BUNDLED, Bundle};
pub use card::{
    BinaryHead, Card, DevFigure, EmotionsHead, Mood, Probe, Scaling, SentimentHead, TrainingSet, VectorHead,
};
pub use classifier::{Classifier, Config, Lang, Text};
pub use engine::{Engine, Outputs, RtenEngine};
pub use error::Error;
pub use language::Languages;
pub use normalize::normalize;
pub use validation::{Row, Validation};
pub use verify::FileFinding;
