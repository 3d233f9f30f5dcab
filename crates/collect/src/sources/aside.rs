//! A row of a live source that cannot be used, fit for the quarantine: why, and the row without its names.

use crate::files::{Fault, Redactor, Rejected, Row};
use polso_domain::SourceId;

/// The row for something that came as `json` at this place (from 1) of its page.
pub(crate) fn row(fault: Fault, source: &SourceId, (place, json): (usize, Option<&str>)) -> Row {
    let Fault { reason, detail } = fault;
    let line = u64::try_from(place).unwrap_or(u64::MAX);
    let raw = json.and_then(|json| Redactor::default().json(json));
    Row::SetAside(Rejected { reason, line, detail, raw, source: source.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use polso_domain::SetAside;

    #[test]
    fn a_refused_row_keeps_its_reason_and_loses_its_names() {
        let source = SourceId::new("forum").unwrap();
        let json = r#"{"id":7,"creator":{"name":"seed_anna"},"content":"by seed_anna"}"#;
        let row = row(Fault::new(SetAside::BadTime, "`published`"), &source, (3, Some(json)));
        let Row::SetAside(rejected) = row else { panic!() };
        assert_eq!((rejected.reason, rejected.line), (SetAside::BadTime, 3));
        let raw = rejected.raw.unwrap();
        assert!(!raw.contains("anna") && raw.contains("\"id\":7"), "{raw}");
    }
}
