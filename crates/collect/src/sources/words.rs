//! Hashtags and links of a text whose platform does not name them apart.

/// Hashtags without `#`, in order. A number alone is none, as everywhere.
pub(crate) fn hashtags(text: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if matches!(c, '#' | '＃') && !before.is_alphanumeric() && !matches!(before, '&' | '/' | '#') {
            let rest = &text[at + c.len_utf8()..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            if rest[..end].chars().any(char::is_alphabetic) {
                tags.push(rest[..end].to_owned());
            }
        }
        before = c;
    }
    tags
}

/// Addresses among the words, each once.
pub(crate) fn links(text: &str) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '(' | ')'));
    for word in words.filter(|word| word.starts_with("https://") || word.starts_with("http://")) {
        let link = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        if !links.iter().any(|known| known == link) {
            links.push(link.to_owned());
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hashtags_and_links_are_found_among_the_words() {
        let text = "#IoRestoACasa, (#perché_no) a#b ##x #1 &#39; https://x.example/#y vedi https://x.example/#y.";
        assert_eq!(hashtags(text), ["IoRestoACasa", "perché_no"]);
        assert_eq!(links(text), ["https://x.example/#y"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[#＃ &/a\u{e9}\u{1f600}(:https)]{0,60}") {
            hashtags(&text);
            links(&text);
        }
    }
}
