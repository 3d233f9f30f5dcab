//! Claims at work: what the desk knows held against what people posted.
//!
//! ```text
//! library (desk) + model ─▶ Matcher ─▶ observations.claims ─▶ narratives ─▶ aggregate ─▶ log (desk) ─▶ brief ─▶ report
//! ```

pub(crate) mod answers;
pub(crate) mod brief;
pub(crate) mod library;
pub(crate) mod log;
pub(crate) mod matcher;
pub(crate) mod narratives;
pub(crate) mod rematch;
