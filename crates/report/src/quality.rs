//! How good the labels were found to be by people who looked at a sample.

use polso_aggregate::Share;
use polso_domain::Day;

/// One label of one task in one language, as reviewed posts judge it.
#[derive(Debug, Clone, PartialEq)]
pub struct Quality {
    /// `sentiment`, `needs_checking`, `question` or `stance`.
    pub task: String,
    /// ISO 639-1 code; empty for all languages together.
    pub lang: String,
    /// The label; empty for all labels together.
    pub label: String,
    /// Posts that people reviewed.
    pub n: u64,
    /// Of the posts that the model gives this label, the share that people give it too; `None` when too few were reviewed.
    pub precision: Option<Share>,
    /// Of the posts that people give this label, the share that the model gives it too; `None` when too few were reviewed.
    pub recall: Option<Share>,
    /// Cohen's kappa of the model against people, −1 to 1.
    pub kappa: Option<Share>,
    /// Cohen's kappa of two reviewers against each other, −1 to 1.
    pub between_reviewers: Option<Share>,
    /// The first day that reviewed posts are from.
    pub since: Day,
    /// The last day that reviewed posts are from.
    pub upto: Day,
}
