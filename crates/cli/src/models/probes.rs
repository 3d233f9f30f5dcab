//! What a model answers to a few sentences: shown to the person who adds it, and kept on its card, so that a machine on which
//! it answers otherwise is noticed.

use crate::commands::model::aligned;
use crate::failure::Failure;
use crate::printer::Printer;
use polso_classify::{Answer, Classifier, Lang, Probe, Text};
use polso_domain::EMOTIONS;

/// Invented sentences: a glad one, a bitter one and a notice, and what somebody should check.
const SENTENCES: [(&str, [&str; 4]); 4] = [
    (
        "it",
        [
            "Che bella mattina, grazie di cuore a tutti i medici",
            "Sono stanca e arrabbiata, nessuno ci ascolta più",
            "Lo sportello del comune apre alle nove",
            "Bevete acqua calda ogni quarto d'ora, uccide il virus",
        ],
    ),
    (
        "en",
        [
            "What a lovely morning, thank you so much to every nurse",
            "This is a disgrace, I am tired and nobody listens",
            "The town office opens at nine",
            "Drink hot water every quarter of an hour, it kills the virus",
        ],
    ),
    (
        "fi",
        [
            "Ihana aamu, lämmin kiitos kaikille hoitajille",
            "Olen väsynyt ja vihainen, kukaan ei kuuntele",
            "Kunnan palvelupiste avataan kello yhdeksän",
            "Juokaa kuumaa vettä vartin välein, se tappaa viruksen",
        ],
    ),
    (
        "sv",
        [
            "Vilken fin morgon, ett varmt tack till alla sköterskor",
            "Jag är trött och arg, ingen lyssnar på oss",
            "Kommunens kontor öppnar klockan nio",
            "Drick varmt vatten varje kvart, det dödar viruset",
        ],
    ),
];

/// Asks the model in each of its languages that there are sentences in, or in English, and shows the answers.
pub(super) fn asked(
    classifier: &mut Classifier,
    languages: &[String],
    printer: Printer,
) -> Result<Vec<Probe>, Failure> {
    let mut probes = Vec::new();
    let mut rows = Vec::new();
    let reads = |lang: &str| languages.iter().any(|known| known == lang);
    for (lang, sentences) in SENTENCES.iter().filter(|(lang, _)| reads(lang)) {
        let texts = sentences.map(|text| Text { text, lang: Lang::Known(lang) });
        for (text, said) in sentences.iter().zip(classifier.say(&texts)?) {
            let answer = said.answer.unwrap_or_default();
            rows.push(vec![(*lang).to_owned(), (*text).to_owned(), words(&answer)]);
            probes.push(Probe::expecting(text, lang, &answer));
        }
    }
    if rows.is_empty() {
        printer.say("there are no sentences to try it on in its languages");
    }
    for line in aligned(&rows) {
        printer.data(line);
    }
    Ok(probes)
}

/// The whole answer, not its best label.
fn words(answer: &Answer) -> String {
    let mut parts: Vec<(&str, f32)> = Vec::new();
    if let Some(mood) = answer.sentiment {
        parts.extend([("negative", mood.negative()), ("neutral", mood.neutral()), ("positive", mood.positive())]);
    }
    let emotions = answer.emotions.unwrap_or_default();
    parts.extend(EMOTIONS.iter().zip(emotions).filter_map(|(name, found)| Some((*name, found?))));
    parts.extend(answer.needs_checking.map(|found| ("needs_checking", found)));
    if parts.is_empty() {
        return "no answer".to_owned();
    }
    parts.iter().map(|(name, found)| format!("{name} {found:.2}")).collect::<Vec<_>>().join("  ")
}
