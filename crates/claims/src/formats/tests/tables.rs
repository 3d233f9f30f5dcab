//! Claims in tables.

use super::*;
use polso_domain::{ClaimKind, Topic, Verdict};

fn mapped(table: &str, pairs: &[&str]) -> (Came, Result<Format, FormatError>) {
    with_map(table.as_bytes(), Some(Format::Csv), &ColumnMap::parse(pairs.iter().copied()).unwrap())
}

#[test]
fn a_table_is_read_by_its_own_header_whatever_the_delimiter() {
    for delimiter in [",", ";", "\t"] {
        let rows = [
            "\u{feff}ID|Text|Verdict|Lang|Link|Answer|Topic|Date|Kind|Publisher",
            "A-1|Il latte cura|Bufala|it|https://salute.example/latte|Non cura.|Treatment|2020-03-09|rumour|www.salute.example",
            "|Maidosta on apua|totta|fi|||||FACT|",
        ];
        let (came, format) = came(&rows.join("\n").replace('|', delimiter));
        assert_eq!(format.unwrap(), Format::Csv);
        assert!(came.refused.is_empty() && came.notes.is_empty(), "{:?} {:?}", came.refused, came.notes);
        let [first, second] = came.claims.as_slice() else { panic!("{:?}", came.claims) };
        assert_eq!((first.id.as_str(), first.topic, first.kind), ("a-1", Some(Topic::Treatment), ClaimKind::Rumour));
        assert_eq!((&first.verdict, first.publisher.as_deref()), (&Verdict::False, Some("salute.example")));
        assert_eq!(first.wordings[0].answer.as_deref(), Some("Non cura."));
        assert!(second.id.as_str().starts_with("own-"));
        assert_eq!((&second.verdict, second.kind), (&Verdict::True, ClaimKind::Fact));
    }
}

#[test]
fn formulas_are_words() {
    let table = "id,text\na,=1+1 è due\nb,\"'=HYPERLINK(\"\"x\"\")\"\nc,'-5 gradi\nd,@tutti leggete\ne,'ndrangheta\n";
    let (came, _) = mapped(table, &[]);
    assert_eq!(came.texts(), ["=1+1 è due", "=HYPERLINK(\"x\")", "-5 gradi", "… leggete", "'ndrangheta"]);
}

#[test]
fn a_map_says_where_fields_are_and_a_wrong_one_names_the_columns() {
    let table = "Nr;Behauptung;Urteil\n7;Milch heilt, sagt man;falsch\n";
    let (came, _) = mapped(table, &["text=behauptung", "verdict=Urteil", "id=Nr"]);
    assert_eq!((came.texts(), came.claims[0].id.as_str()), (vec!["Milch heilt, sagt man"], "7"));
    assert_eq!(came.claims[0].verdict, Verdict::False);
    let error = mapped(table, &["text=Aussage"]).1.unwrap_err();
    assert_eq!(error.to_string(), "there is no column `Aussage` for `text`");
    assert!(error.hint().contains("`Nr`, `Behauptung`, `Urteil`"));
    let error = mapped(table, &[]).1.unwrap_err();
    assert_eq!(error.to_string(), "there is no column `text` for `text`");
}

#[test]
fn a_bad_row_is_refused_with_its_line() {
    let table = "id,text,kind,publisher,topic,link,date\n\
                 a,Uno,gossip,,,,\nb b,Due,,,,,\nc,,,,,,\nd,Tre\n,,,,,,\ne,Quattro,,Agenzia,,,\nf,Cinque,,blog.example,,,\n\
                 g,\"Se\ni\",,,weather,javascript:x,1/2/20\ng,Sei,,,,,,,\nh,Sette,,,,,,x\ni,citt\u{fffd},,,,,\n";
    let (came, outcome) = mapped(table, &[]);
    assert!(outcome.is_ok());
    assert_eq!(came.texts(), ["Se i"]);
    let noted = |note| ("row 8 (line 9)".to_owned(), note);
    assert_eq!(came.notes, [noted(Note::Link), noted(Note::Date), noted(Note::Topic)]);
    let reasons: Vec<String> = came.refused.iter().map(|(place, reason)| format!("{place}: {reason}")).collect();
    let expected = [
        "row 1 (line 2): `gossip` is not `rumour`, `fact` or `message`",
        "row 2 (line 3): `b b` is not an id: lowercase letters, digits, `-`, `.`, `_`, at most 80",
        "row 3 (line 4): no text of a claim",
        "row 4 (line 5): 2 cells where the header has 7",
        "row 6 (line 7): no web address of a publisher",
        "row 7 (line 8): `blog.example` is not on the list of publishers",
        "row 9 (line 11): `g` again, and no newer",
        "row 10 (line 12): 8 cells where the header has 7",
        "row 11 (line 13): characters that are not UTF-8; save the file as UTF-8",
    ];
    assert_eq!(reasons, expected);
}

#[test]
fn a_quotation_mark_that_is_never_closed_does_not_fill_the_memory() {
    let table = format!("id,text\na,Uno\nb,\"{}", "x\n".repeat(5 << 20));
    let (came, outcome) = mapped(&table, &[]);
    assert_eq!(came.texts(), ["Uno"]);
    assert_eq!(outcome.unwrap_err().to_string(), "row 2 (line 3) is larger than 4 MiB");
}

#[test]
fn two_claims_with_one_link_have_two_ids_and_the_same_again_has_the_same() {
    let table = "text,link\nUno,https://salute.example/\nDue,https://salute.example/\n";
    let (first, _) = mapped(table, &[]);
    let (again, _) = mapped(table, &[]);
    assert_ne!(first.claims[0].id, first.claims[1].id);
    assert_eq!(first.claims, again.claims);
}
