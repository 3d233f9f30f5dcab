//! Looking whether a model bundle is what its card says, for `polso check` and `polso model verify`.

use polso_classify::{Bundle, Classifier, Config, Error};

/// What was looked at, with what is wrong with it.
pub(crate) type Finding = (String, Result<(), Error>);

/// Every file of the bundle of that name and, if the files are right, the answer to every probe.
pub(crate) fn bundle(name: &str, config: &Config) -> Result<Vec<Finding>, Error> {
    let files = Bundle::files_of(name)?.into_iter();
    let mut findings: Vec<Finding> = files.map(|(file, outcome)| (format!("sha256 of {file}"), outcome)).collect();
    // Who has another network than the card says would only learn that it answers otherwise.
    if findings.iter().all(|(_, outcome)| outcome.is_ok()) {
        let bundle = Bundle::named(name)?;
        let probes = Classifier::new(&bundle, config)?.probe()?;
        let texts = bundle.card().probes.iter().map(|probe| format!("probe `{}`", beginning(&probe.text)));
        findings.extend(texts.zip(probes));
    }
    Ok(findings)
}

/// Enough of a text to recognise it by.
fn beginning(text: &str) -> String {
    const ENOUGH: usize = 48;
    let cut: String = text.chars().take(ENOUGH).collect();
    if cut.len() < text.len() { cut + "…" } else { cut }
}
