//! Asking a person what labels mean, on a terminal.

use crate::failure::Failure;
use crate::printer::Printer;
use polso_classify::Head;
use polso_domain::EMOTIONS;
use std::io::{BufRead, IsTerminal};

/// Whether there is anybody to ask.
pub(super) fn somebody_is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// What each label means, as the person says; an empty answer is `ignore`.
pub(super) fn meanings(
    labels: &[String],
    task: Option<Head>,
    printer: Printer,
) -> Result<Vec<(String, String)>, Failure> {
    let moods = ["negative", "neutral", "positive"];
    let offered = match task {
        Some(Head::Sentiment) => moods.join(", "),
        Some(Head::Emotions) => EMOTIONS.join(", "),
        Some(Head::NeedsChecking) => "needs_checking".to_owned(),
        _ => format!("{}; {}; needs_checking", moods.join(", "), EMOTIONS.join(", ")),
    };
    printer.say(format_args!("its labels do not say what they mean ({offered}; nothing: ignore)"));
    read(labels, &mut std::io::stdin().lock(), |label| printer.say(format_args!("`{label}` means:")))
}

fn read(labels: &[String], answers: &mut impl BufRead, ask: impl Fn(&str)) -> Result<Vec<(String, String)>, Failure> {
    let mut meanings = Vec::with_capacity(labels.len());
    for label in labels {
        ask(label);
        let mut answer = String::new();
        let read = answers.read_line(&mut answer).map_err(Failure::io("read", "the terminal"))?;
        if read == 0 {
            return Err(Failure::usage("nothing was answered", "say it with --labels MEANING=LABEL,…"));
        }
        let meaning = answer.trim().to_lowercase();
        meanings.push((if meaning.is_empty() { "ignore".to_owned() } else { meaning }, label.clone()));
    }
    Ok(meanings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_in_the_order_of_the_labels() {
        let labels = ["LABEL_0".to_owned(), "LABEL_1".to_owned()];
        let found = read(&labels, &mut "Negative\n\n".as_bytes(), |_| {}).unwrap();
        assert_eq!(found, [("negative".to_owned(), "LABEL_0".to_owned()), ("ignore".to_owned(), "LABEL_1".to_owned())]);
        assert!(read(&labels, &mut "negative\n".as_bytes(), |_| {}).is_err());
    }
}
