//! Spikes through the whole program: weeks of posts go in, the report says what is out of the ordinary and by which rule.

use crate::support::Place;
use serde_json::{Value, json};
use std::fmt::Write;

const TEXTS: [&str; 4] = [
    "Oggi resto a casa e preparo il pane",
    "Che fila al supermercato stamattina",
    "Abbiamo cantato dal balcone con i vicini",
    "Lavoro da casa, ma mi mancano i colleghi",
];
/// Half a day on which the source was not heard.
const GAP: &str =
    r#"{"type":"gap","source":"bluesky","from":"2020-03-25T05:00:00Z","to":"2020-03-25T19:00:00Z","state":"failed"}"#;

/// Day `number` of forty, as it is written: they begin on 1 March 2020.
fn date(number: u32) -> String {
    if number < 31 { format!("2020-03-{:02}", number + 1) } else { format!("2020-04-{:02}", number - 30) }
}

/// Forty days with a dozen posts each, one of them silent and one half unheard. On the last two people come in crowds.
fn weeks() -> String {
    let mut lines = String::new();
    for number in (0..40_u32).filter(|number| *number != 19) {
        let people = if number < 38 { 12 + number % 3 } else { 45 };
        for person in 0..people {
            let mut tags = vec!["iorestoacasa"];
            // Three people speak of the market every day, and twenty on the last.
            tags.extend((person < 3 || (number == 39 && person < 20)).then_some("mercato"));
            tags.extend((person < 3).then_some("segretissimo"));
            let post = json!({
                "type": "post", "id": format!("p{number}-{person}"), "source": "bluesky", "kind": "original",
                "author": format!("seed_{person}"), "author_name": format!("Seed {person}"),
                "text": TEXTS[(number + person) as usize % TEXTS.len()], "lang": "it", "hashtags": tags,
                "posted_at": format!("{}T{:02}:30:00Z", date(number), 8 + person % 12),
            });
            writeln!(lines, "{post}").unwrap();
        }
    }
    lines + GAP + "\n"
}

fn place() -> Place {
    let place = Place::with_settings("[report]\nlanguage = \"en\"\n");
    place.put("posts.jsonl", weeks().as_bytes());
    place.run(&["import", "posts.jsonl"]);
    place.done(&["classify"]);
    place.run(&["aggregate"]);
    place
}

fn report(place: &Place, day: &str) -> (Value, String) {
    place.run(&["report", "--day", day]);
    let json = serde_json::from_str(&place.read(&format!("data/reports/{day}/report.json"))).unwrap();
    (json, place.read(&format!("data/reports/{day}/report.md")))
}

fn of<'a>(list: &'a Value, measure: &str, key: Option<&str>) -> &'a Value {
    let is_it = |one: &&Value| one["measure"] == measure && one["key"].as_str() == key;
    list.as_array().unwrap().iter().find(is_it).unwrap_or_else(|| panic!("{measure} {key:?} in {list}"))
}

#[test]
fn a_crowd_is_flagged_beside_its_rule_and_early_days_are_not_called_quiet() {
    let place = place();
    let (json, page) = report(&place, &date(39));
    let volume = of(&json["spikes"], "volume", None);
    assert_eq!((volume["today"].as_f64(), volume["since"].as_str()), (Some(45.0), Some("2020-04-08")), "{volume}");
    // 1 March to 6 April, without the silent day and the one of which half was missed.
    assert_eq!(volume["days"], 35, "{volume}");
    assert!(volume["sum"].as_f64() > Some(5.0) && volume["ears"]["c2"] == true, "{volume}");
    assert!(page.contains("**More posts than usual.**") && page.contains("flagged above 5.0."), "{page}");
    of(&json["spikes"], "hashtag", Some("iorestoacasa"));

    // Three people a day are nobody's business; that there were fewer than five is all that may be known.
    let market = of(&json["spikes"], "hashtag", Some("mercato"));
    assert!((4.0..4.1).contains(&market["usual"].as_f64().unwrap()), "{market}");
    assert!(!json.to_string().contains("segretissimo") && !page.contains("segretissimo"));

    let (json, page) = report(&place, &date(30));
    assert_eq!(json["spikes"], json!([]), "an ordinary day");
    assert!(page.contains("Nothing is out of the ordinary"), "{page}");

    let (json, page) = report(&place, &date(9));
    let open = of(&json["spikes_not_judged"], "volume", None);
    assert_eq!((open["reason"].as_str(), open["heard"].as_u64()), (Some("too_few_days"), Some(7)));
    assert!(!page.contains("Nothing is out of the ordinary") && page.contains("Not judged yet"), "{page}");

    let (json, page) = report(&place, "2020-03-25");
    assert_eq!(of(&json["spikes_not_judged"], "volume", None)["reason"], "not_heard");
    assert!(page.contains("too little was heard today"), "{page}");
}

#[test]
fn the_same_weeks_give_the_same_verdicts() {
    let place = place();
    let first = report(&place, &date(39));
    assert_eq!(report(&place, &date(39)), first);
}
