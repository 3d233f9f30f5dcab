//! Markdown to the words a reader sees, and where its links point.
//!
//! Lightly: marks go, words stay. It is not a full parser; what it does not know it leaves as it stands, because
//! a stray asterisk harms no reading and a lost word does.

/// What a piece of Markdown says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Said {
    pub(super) text: String,
    /// Where links point, each once, absolute ones only.
    pub(super) links: Vec<String>,
}

/// Reads Markdown.
pub(super) fn read(markdown: &str) -> Said {
    let mut said = Said::default();
    for line in markdown.lines() {
        if !said.text.is_empty() {
            said.text.push('\n');
        }
        if !matches!(line.trim(), "```" | "~~~" | "---" | "***" | ":::") {
            said.line(without_block_marks(line));
        }
    }
    said.text = said.text.trim().to_owned();
    said
}

/// A line without what makes it a heading, a quotation or a folded part.
fn without_block_marks(line: &str) -> &str {
    let line = line.trim_end();
    let quoted = line.trim_start().trim_start_matches(['>', ' ']);
    let line = if quoted.len() < line.trim_start().len() { quoted } else { line };
    let heading = line.trim_start_matches('#');
    let line = if heading.len() < line.len() && heading.starts_with(' ') { heading.trim_start() } else { line };
    line.strip_prefix("::: spoiler ").unwrap_or(line)
}

impl Said {
    fn line(&mut self, line: &str) {
        let mut rest = line;
        while let Some(mark) = rest.chars().next() {
            let after = &rest[mark.len_utf8()..];
            rest = match mark {
                '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => self.word(after, 1),
                '!' if after.starts_with('[') => self.link(&after[1..]).unwrap_or_else(|| self.word(rest, 1)),
                '[' => self.link(after).unwrap_or_else(|| self.word(rest, 1)),
                '<' if is_web(after) => self.autolink(after).unwrap_or_else(|| self.word(rest, 1)),
                '*' | '`' => after,
                '_' => {
                    let behind = after.trim_start_matches('_');
                    if self.is_edge(behind) { behind } else { self.word(rest, rest.len() - behind.len()) }
                }
                '~' if after.starts_with('~') => &after[1..],
                _ if is_web(rest) => self.bare(rest),
                _ => self.word(rest, mark.len_utf8()),
            };
        }
    }

    /// Takes some bytes as they stand; what follows them.
    fn word<'t>(&mut self, rest: &'t str, bytes: usize) -> &'t str {
        self.text.push_str(&rest[..bytes]);
        &rest[bytes..]
    }

    /// An underscore beside a space or a border is a mark, one inside a word belongs to it.
    fn is_edge(&self, behind: &str) -> bool {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !(letter(self.text.chars().next_back()) && letter(behind.chars().next()))
    }

    /// `text](address "title")`.
    fn link<'t>(&mut self, after: &'t str) -> Option<&'t str> {
        let (text, rest) = after.split_once("](").filter(|(text, _)| !text.contains(['[', '\n']))?;
        let end = closing(rest)?;
        let target = rest[..end].split_whitespace().next().unwrap_or_default().trim_matches(['<', '>']);
        self.line(text);
        self.keep(target);
        Some(&rest[end + 1..])
    }

    fn autolink<'t>(&mut self, after: &'t str) -> Option<&'t str> {
        let (target, rest) = after.split_once('>').filter(|(target, _)| !target.contains(' '))?;
        self.text.push_str(target);
        self.keep(target);
        Some(rest)
    }

    /// An address among the words; the full stop behind it is not part of it.
    fn bare<'t>(&mut self, rest: &'t str) -> &'t str {
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | ')' | ']' | '"' | '`'));
        let target = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
        self.keep(target);
        self.word(rest, target.len())
    }

    fn keep(&mut self, target: &str) {
        if is_web(target) && !self.links.iter().any(|known| known == target) {
            self.links.push(target.to_owned());
        }
    }
}

fn is_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Where the bracket closes that stands open; brackets inside an address come in pairs.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => open += 1,
            b')' if open == 0 => return Some(at),
            b')' => open -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_go_and_words_stay() {
        let markdown =
            "# Avviso\n> *Io* resto a __casa__ e ~~esco~~\n\nsnake_case_word `codice` \\*vero\\*\n```\nx * y\n```";
        assert_eq!(read(markdown).text, "Avviso\nIo resto a casa e esco\n\nsnake_case_word codice *vero*\n\nx  y");
    }

    #[test]
    fn links_stand_apart_from_their_words() {
        let said = read(
            "Qui: [il **sito**](https://salute.example/a_(b) \"titolo\"), ![foto](https://img.example/1.png) \
             <https://x.example> e https://news.example/1. [no](/c/casa) [aperto](https://",
        );
        assert_eq!(said.text, "Qui: il sito, foto https://x.example e https://news.example/1. no [aperto](https://");
        let links = ["https://salute.example/a_(b)", "https://img.example/1.png", "https://x.example"];
        assert_eq!(said.links[..3], links);
        assert_eq!(said.links[3], "https://news.example/1");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[-\\[\\]()<>!*_`~#>:\\\\ a-z\u{e0}\u{1f600}\nhttps:/]{0,80}") {
            read(&text);
        }

        #[test]
        fn plain_words_are_left_alone(text in "[a-z\u{e0}\u{1f600}]{1,8}( [a-z\u{e0}.,]{1,8}){0,9}") {
            prop_assert_eq!(read(&text).text, text);
        }
    }
}
