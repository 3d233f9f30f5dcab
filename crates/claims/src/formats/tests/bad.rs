//! Damage of every kind: a reason and a place, never a panic, and what came before stays.

use super::*;
use proptest::prelude::*;

fn feed(items: &[&str]) -> String {
    let elements: Vec<String> =
        items.iter().map(|item| format!("{{\"@type\":\"DataFeedItem\",\"item\":{item}}}")).collect();
    format!("{{\"@type\":\"DataFeed\",\"dataFeedElement\":[{}],\"x\":1}}", elements.join(","))
}

#[test]
fn a_feed_that_is_cut_keeps_what_came_before_and_says_where() {
    let one = review("1", "Uno", "Falso", "");
    let two = review("2", "Due", "Falso", "");
    let whole = feed(&[&format!("[{one}]"), &format!("[{two}]")]);
    let cut = &whole[..whole.find("Due").unwrap()];
    let (came, outcome) = came(cut);
    assert_eq!(came.texts(), ["Uno"]);
    let error = outcome.unwrap_err();
    assert_eq!(error.to_string(), "the file breaks off at element 2");
    assert!(error.hint().contains("kept"));
}

#[test]
fn what_was_taken_back_or_is_no_claim_is_refused_with_its_place() {
    let gone = review("3", "", "Falso", "");
    let many = format!("[{},null]", review("4", "Quattro", "Falso", ""));
    let items = ["null", "[]", "[null]", &gone, "{\"@type\":\"NewsArticle\"}", "7", &many];
    let (came, outcome) = came(&feed(&items));
    assert_eq!((outcome.unwrap(), came.texts()), (Format::DataCommons, vec!["Quattro"]));
    let expected = [
        ("element 1", Refusal::Withdrawn),
        ("element 2", Refusal::Withdrawn),
        ("element 3", Refusal::Withdrawn),
        ("element 4", Refusal::NoText),
        ("element 5", Refusal::NotAClaim),
        ("element 6", Refusal::NotAClaim),
        ("element 7, item 2", Refusal::Withdrawn),
    ];
    assert_eq!(came.refused, expected.map(|(place, reason)| (place.to_owned(), reason)));
}

#[test]
fn nesting_without_end_is_an_error_and_costs_one_line_of_lines() {
    let deep = format!("{}1{}", "{\"a\":[".repeat(100_000), "]}".repeat(100_000));
    for file in [deep.clone(), format!("[{deep}]"), "[".repeat(1_000_000)] {
        let (came, outcome) = came(&file);
        assert!(came.claims.is_empty() && matches!(outcome, Err(FormatError::Json { .. })));
    }
    let lines = format!("{}\n{deep}\nnot json\n{}\n", review("1", "Uno", "Falso", ""), review("2", "Due", "Falso", ""));
    let (came, outcome) = came(&lines);
    assert!(outcome.is_ok());
    assert_eq!(came.texts(), ["Uno", "Due"]);
    assert_eq!(came.refused, [("line 2".to_owned(), Refusal::NotJson), ("line 3".to_owned(), Refusal::NotJson)]);
}

#[test]
fn files_that_are_none_say_what_they_are() {
    let error = |bytes: &[u8], format| with_map(bytes, format, &ColumnMap::default()).1.unwrap_err();
    assert!(matches!(error(b"", None), FormatError::Empty));
    assert!(matches!(error(b"\xef\xbb\xbf \n", Some(Format::Csv)), FormatError::Empty));
    assert!(matches!(error(b"PK\x03\x04\x00\x00", None), FormatError::NotText));
    assert!(matches!(error(b"\xff\xfet\x00e\x00", None), FormatError::NotText));
    assert!(matches!(error(b"<html><p>a, b</p>", None), FormatError::UnknownFormat));
    assert!(error(b"ciao", None).hint().contains("claimreview, datacommons"));
    let json = error(b"ciao", Some(Format::ClaimReview));
    assert_eq!(json.to_string(), "the file is no JSON that can be read at document 1");
    assert!(matches!(error(b"{\"claims\": 7}", None), FormatError::Json { .. }));
    assert!(matches!(error(b"[1,2", None), FormatError::Json { .. }));
}

#[test]
fn windows_1252_is_refused_row_by_row_and_not_guessed() {
    let mut bytes = format!("[{},", review("1", "Uno", "Falso", "")).into_bytes();
    bytes.extend(review("2", "citt\u{1}", "Falso", "").into_bytes().iter().map(|b| if *b == 1 { 0xe0 } else { *b }));
    bytes.push(b']');
    let (came, outcome) = with_map(&bytes, None, &ColumnMap::default());
    assert!(outcome.is_ok());
    assert_eq!(came.texts(), ["Uno"]);
    assert_eq!(came.refused, [("object 2".to_owned(), Refusal::NotUtf8)]);
}

#[test]
fn an_element_larger_than_any_is_an_error_and_a_long_text_is_refused() {
    let long = "a ".repeat(10_001);
    let huge = "a".repeat(5 << 20);
    let reviews = |text: &str| format!("[{},{}]", review("1", "Uno", "Falso", ""), review("2", text, "Falso", ""));
    let (first, _) = came(&reviews(&long));
    assert_eq!(first.refused, [("object 2".to_owned(), Refusal::TooLong)]);
    let (second, outcome) = came(&reviews(&huge));
    assert_eq!(second.texts(), ["Uno"]);
    assert_eq!(outcome.unwrap_err().to_string(), "object 2 is larger than 4 MiB");
    let lines = format!("{}\n{}\n{}\n", review("1", "Uno", "Falso", ""), huge, review("3", "Tre", "Falso", ""));
    let (third, outcome) = came(&lines);
    assert!(outcome.is_ok());
    assert_eq!(third.texts(), ["Uno", "Tre"]);
    assert_eq!(third.refused, [("line 2".to_owned(), Refusal::TooLong)]);
}

#[test]
fn a_reader_that_fails_is_told_from_damage() {
    struct Fails<'b>(&'b [u8]);
    impl std::io::Read for Fails<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() { Err(io::Error::other("cable")) } else { self.0.read(into) }
        }
    }
    // Longer than what is looked at before reading, so that the failure comes later.
    let many: Vec<String> = (0..500).map(|n| review(&n.to_string(), &format!("Uno {n}"), "Falso", "")).collect();
    let file = format!("[{}", many.join(","));
    let (verdicts, publishers) = (Verdicts::parse(VERDICTS).unwrap(), Publishers::parse(LIST).unwrap());
    let columns = ColumnMap::default();
    let options = Options { verdicts: &verdicts, publishers: &publishers, columns: &columns, clean: &clean };
    let mut came = Came::default();
    let outcome = read(BufReader::new(Fails(file.as_bytes())), None, &options, &mut |read| came.take(read));
    assert_eq!(came.claims.len(), 500);
    assert!(matches!(outcome, Err(FormatError::Io { place, .. }) if place == "object 501"));
}

fn is_bounded(claim: &Claim) -> bool {
    let text = |text: &str| {
        let tag = text.match_indices('<').any(|(at, _)| {
            text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
        });
        let hidden =
            |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffd}');
        !tag && text.chars().count() <= 1_000 && !text.chars().any(hidden) && !text.trim().is_empty()
    };
    let wording = |wording: &polso_domain::Wording| {
        text(&wording.text)
            && wording.answer.as_deref().is_none_or(text)
            && wording.phrasings.iter().all(|phrasing| text(phrasing))
            && (2..=3).contains(&wording.lang.len())
    };
    let link = |link: &String| (link.starts_with("https://") || link.starts_with("http://")) && !link.contains('<');
    polso_domain::ClaimId::new(claim.id.as_str()).is_some()
        && claim.wordings.iter().all(wording)
        && claim.verdict.as_str().chars().count() <= 80
        && text(claim.verdict.as_str())
        && claim.link.as_ref().is_none_or(link)
        && claim.publisher.as_deref().is_none_or(|host| Publishers::parse(LIST).unwrap().allows(host))
}

/// Words that something is made of.
fn scraps() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "\n",
        "\\u202e",
        "\\",
        "<script>",
        "&lt;b",
        "null",
        "1e999",
        "\t",
        ";",
        "'=",
        "\"@type\":\"ClaimReview\"",
        "\"claimReviewed\":\"",
        "\"url\":\"https://facta.example/",
        "\"@graph\":[",
        "\"dataFeedElement\":[",
        "\"claims\":[",
        "\"@id\":\"#a\"",
        "\"reviewRating\":{",
        "text,id,verdict,publisher\n",
        "[[claim]]\n",
        "[claim.it]\n",
        "id = \"a\"\n",
        "kind = \"rumour\"\n",
        "verdict = \"false\"\n",
        "text = \"x\"\n",
    ]);
    prop_oneof![
        6 => known.prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ]
}

proptest! {
    #[test]
    fn whatever_the_bytes_are_there_is_no_panic_and_claims_obey_the_bounds(
        scraps in prop::collection::vec(scraps(), 0..40),
        format in prop::option::of(prop::sample::select(vec![Format::ClaimReview, Format::Csv, Format::Seeds])),
    ) {
        let (came, _) = with_map(&scraps.concat(), format, &ColumnMap::default());
        prop_assert!(came.claims.iter().all(is_bounded), "{:?}", came.claims);
    }

    #[test]
    fn whatever_a_review_says_its_claim_obeys_the_bounds(
        text in "([<>&;/!a-z]|&lt;|&amp;|&#60;|script|\\PC|\u{202e}|\u{7}|\u{fffd}|@){0,40}",
        other in "\\PC{0,30}",
        key in prop::sample::select(vec!["claimReviewed", "url", "inLanguage", "datePublished", "author", "@type"]),
    ) {
        let mut own = serde_json::from_str::<serde_json::Value>(&review("1", "Uno", "Falso", "2020-03-09")).unwrap();
        own["claimReviewed"] = text.clone().into();
        own["reviewRating"]["alternateName"] = text.clone().into();
        own[key] = other.clone().into();
        let (came, outcome) = with_map(own.to_string().as_bytes(), None, &ColumnMap::default());
        prop_assert!(outcome.is_ok() && came.claims.len() + came.refused.len() == 1);
        prop_assert!(came.claims.iter().all(is_bounded), "{:?}", came.claims);
        let table = format!("text,verdict,answer\n\"{}\",\"{}\",\"{}\"\n", text.replace('"', ""), other.replace('"', ""), text.replace('"', ""));
        let (came, _) = with_map(table.as_bytes(), None, &ColumnMap::default());
        prop_assert!(came.claims.iter().all(is_bounded), "{:?}", came.claims);
    }
}
