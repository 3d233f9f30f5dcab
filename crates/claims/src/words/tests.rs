//! Which words of a text count.

use super::*;
use crate::fixtures::{heard, params};
use proptest::prelude::*;

fn sketcher() -> Sketcher {
    Sketcher::new(&params()).unwrap()
}

fn written(text: &str, lang: &str) -> Vec<String> {
    sketcher().words(text, lang).into_iter().map(|(_, word)| word).collect()
}

fn hashes(text: &str, lang: &str) -> Vec<u32> {
    sketcher().words(text, lang).into_iter().map(|(hash, _)| hash).collect()
}

#[test]
fn what_stands_for_people_and_pages_is_no_word() {
    let text = "@user (@user@site.example) Vaccini: [profile], [email] via http https://site.example/a www.site.example \
                #NoVax del 5G";
    assert_eq!(written(text, "it"), ["Vaccini", "via", "NoVax", "5G"]);
}

#[test]
fn forms_of_a_word_are_one_term() {
    for (lang, left, right) in [
        ("it", "vaccino", "VACCINI"),
        ("en", "masks", "#Mask"),
        ("fi", "rokotteessa", "rokotteen"),
        ("fr", "été", "ete"),
    ] {
        assert_eq!(hashes(left, lang), hashes(right, lang), "{left} {right}");
    }
    assert_ne!(hashes("vaccino", "xx"), hashes("vaccini", "xx"));
}

#[test]
fn hashes_never_change() {
    assert_eq!(hash("vaccin"), 2_046_061_038);
}

#[test]
fn a_text_without_a_vector_has_no_sketch() {
    let mut unheard = heard("vaccini", "it");
    unheard.vector = None;
    assert!(sketcher().sketch("vaccini", &unheard).is_none());
}

proptest! {
    #[test]
    fn any_text_has_rising_terms_and_a_stand(text in "\\PC{0,80}", lang in "(it|en|fi|de|und)") {
        let sketch = sketcher().sketch(&text, &heard(&text, &lang)).unwrap();
        prop_assert!(sketch.terms.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!((0.0..=1.0).contains(&sketch.stand.denies) && (0.0..=1.0).contains(&sketch.stand.asks));
        for (_, word) in sketcher().words(&text, &lang) {
            prop_assert!(text.contains(&word));
        }
    }
}
