//! What reviewers may write into a cell, in three languages.

use polso_desk::Task;

/// By task: the stored word, then what else is read as it. Without accents and in lowercase, as [`folded`] leaves cells.
const WORDS: [(Task, &[&[&str]]); 4] = [
    (
        Task::Sentiment,
        &[
            &["negative", "negativo", "negativa", "kielteinen", "negatiivinen"],
            &["neutral", "neutro", "neutra", "neutrale", "neutraali"],
            &["positive", "positivo", "positiva", "myonteinen", "positiivinen"],
            UNSURE,
        ],
    ),
    (Task::NeedsChecking, YES_NO),
    (Task::Question, YES_NO),
    (
        Task::Stance,
        &[
            &["repeats", "ripete", "sostiene", "toistaa"],
            &["rebuts", "smentisce", "nega", "kiistaa", "kumoaa"],
            &["mentions", "cita", "menziona", "mainitsee"],
            &["unrelated", "estraneo", "non c'entra", "ei liity"],
            UNSURE,
        ],
    ),
];
const YES_NO: &[&[&str]] = &[
    &["yes", "y", "si", "s", "kylla", "k", "true", "vero", "tosi"],
    &["no", "n", "ei", "e", "false", "falso", "epatosi"],
    UNSURE,
];
const UNSURE: &[&str] = &["unsure", "?", "incerto", "incerta", "non so", "epavarma", "en tieda"];

/// The column of a task.
pub(super) fn column(task: Task) -> &'static str {
    match task {
        Task::Sentiment => "mood",
        other => other.as_str(),
    }
}

/// The stored word that a cell means; `None` when it means none.
pub(super) fn meant(task: Task, cell: &str) -> Option<&'static str> {
    let cell = folded(cell);
    let (_, words) = WORDS.iter().find(|(of, _)| *of == task)?;
    let meant = words.iter().find(|words| words.contains(&cell.as_str()))?;
    meant.first().copied()
}

/// Lowercase, without accents, one blank between words. A Mac writes an accent as a letter of its own.
fn folded(cell: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'á' | 'ä' | 'å' => Some('a'),
        'è' | 'é' => Some('e'),
        'ì' | 'í' => Some('i'),
        'ò' | 'ó' | 'ö' => Some('o'),
        'ù' | 'ú' => Some('u'),
        '’' => Some('\''),
        '\u{300}'..='\u{36f}' => None,
        other => Some(other),
    };
    let lower: String = cell.to_lowercase().chars().filter_map(plain).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_means_a_label_of_its_task_and_only_one() {
        for (task, words) in WORDS {
            let firsts: Vec<&str> = words.iter().map(|words| words[0]).collect();
            assert_eq!(firsts.len(), task.labels().len());
            assert!(firsts.iter().all(|word| task.labels().contains(word)), "{firsts:?}");
            let mut all: Vec<&str> = words.iter().flat_map(|words| words.iter().copied()).collect();
            assert!(all.iter().all(|word| folded(word) == *word), "{all:?}");
            let many = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), many);
        }
    }

    #[test]
    fn cells_are_read_as_people_write_them() {
        for (task, cell, meaning) in [
            (Task::Sentiment, " Negativo ", Some("negative")),
            (Task::Sentiment, "MYÖNTEINEN", Some("positive")),
            (Task::Sentiment, "yes", None),
            (Task::NeedsChecking, "Sì", Some("yes")),
            (Task::Question, "si\u{300}", Some("yes")),
            (Task::Question, "Kyllä", Some("yes")),
            (Task::Question, "VERO", Some("yes")),
            (Task::Stance, "non  c’entra", Some("unrelated")),
            (Task::Stance, "en tiedä", Some("unsure")),
            (Task::Stance, "1", None),
        ] {
            assert_eq!(meant(task, cell), meaning, "{cell}");
        }
    }
}
