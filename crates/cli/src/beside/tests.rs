//! Files as people write them, with the mistakes that people make.

use super::*;
use polso_domain::{ActionStatus, Day, EventKind, OutsidePoint};
use std::path::Path;

const EVENTS: &str = "date,title,kind,lang\n\
    2020-03-09,Tutta l’Italia è zona protetta,decree,it\n\
    2020-03-04,\"Schools closed, from tomorrow\",decree,\n";
const ACTIONS: &str = "id,action,owner,due,status,opened,closed,note,claim\n\
    a1,Publish the answer on hot water,press office,2020-03-14,done,2020-03-12,2020-03-14,on three sites,hot-water\n\
    a2,Ask the schools,welfare,,open,2020-03-13,,,\n";
const SURVEY: &str = "date,series,value,low,high,unit,source\n\
    2020-03-08,Worried,0.62,0.58,0.66,fraction,Invented survey\n\
    2020-03-01,Worried,0.41,,,fraction,Invented survey\n";

/// Writes a file and reads it.
fn read<T>(text: impl AsRef<[u8]>, read: fn(&Path) -> Result<T, Error>) -> Result<T, String> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("f.csv");
    polso_store::write_atomic(&path, text.as_ref()).unwrap();
    read(&path).map_err(|error| {
        let said = format!("{error} – {}", error.hint());
        said.replace(&path.display().to_string(), "f.csv")
    })
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn the_three_files() {
    let events = read(EVENTS, events::read).unwrap();
    assert_eq!((events[0].day, events[0].title.as_str()), (day("2020-03-04"), "Schools closed, from tomorrow"));
    assert_eq!((events[0].kind, &events[0].lang), (EventKind::Decree, &None));
    assert_eq!(events[1].lang.as_deref(), Some("it"));

    let actions = read(ACTIONS, actions::read).unwrap();
    assert_eq!((actions[0].status, actions[0].closed), (ActionStatus::Done, Some(day("2020-03-14"))));
    assert_eq!(actions[0].claim.as_ref().map(polso_domain::ClaimId::as_str), Some("hot-water"));
    assert_eq!((actions[1].due, &actions[1].note), (None, &None));

    let series = read(SURVEY, survey::read).unwrap();
    assert_eq!((series.len(), series[0].unit.as_str(), series[0].source.as_str()), (1, "fraction", "Invented survey"));
    let first = OutsidePoint { day: day("2020-03-01"), value: 0.41, interval: None };
    let second = OutsidePoint { day: day("2020-03-08"), value: 0.62, interval: Some((0.58, 0.66)) };
    assert_eq!(series[0].points, [first, second]);
}

#[test]
fn what_spreadsheets_write_is_read() {
    let plain = read(EVENTS, events::read);
    assert_eq!(read(format!("\u{feff}{EVENTS}"), events::read), plain);
    assert_eq!(read(EVENTS.replace('\n', "\r\n"), events::read), plain);
    assert_eq!(read(format!("{EVENTS},,,\n\n"), events::read), plain, "empty rows");
    assert_eq!(read(EVENTS.replace("date,title", "Date, Title "), events::read), plain);
    let columns_moved = "kind,date,title\ndecree,2020-03-04,Schools closed\n";
    assert_eq!(read(columns_moved, events::read).unwrap()[0].title, "Schools closed");
    let semicolons = SURVEY.replace(',', ";").replace('.', ",");
    assert_eq!(read(semicolons, survey::read), read(SURVEY, survey::read));
}

#[test]
fn a_mistake_is_named_with_its_place_and_what_to_do() {
    let events = |from: &str, to: &str| read(EVENTS.replacen(from, to, 1), events::read).unwrap_err();
    let actions = |from: &str, to: &str| read(ACTIONS.replacen(from, to, 1), actions::read).unwrap_err();
    let survey = |from: &str, to: &str| read(SURVEY.replacen(from, to, 1), survey::read).unwrap_err();
    for (said, expected) in [
        (events("2020-03-04", "4/3/2020"), "f.csv`, line 3, column `date`: `4/3/2020` is no day – write days as YYYY"),
        (events("2020-03-04", ""), "line 3, column `date`: empty"),
        (
            events(",decree,it", ",edict,it"),
            "line 2, column `kind`: `edict` is none of the words for it – one of decree",
        ),
        (events("decree,it", "decree,italiano"), "line 2, column `lang`: no code of a language"),
        (
            events("title", "text"),
            "line 1: a column `text` that nobody reads – the first line names the columns: date,",
        ),
        (events(",kind,lang", ",kind,kind"), "the column `kind` stands there twice"),
        (events(",decree,it", ""), "line 2: 2 cells where the head has 4 – put texts"),
        (actions("a2", "a1"), "line 3, column `id`: `a1` stands there twice"),
        (actions("a2", "anna_b"), "line 3, column `id`: not spelt like an id"),
        (actions("2020-03-12,2020-03-14", "2020-03-12,"), "line 2, column `closed`: empty, and the action is done"),
        (actions("2020-03-12,2020-03-14", "2020-03-12,2020-03-11"), "column `closed`: before the day it was opened"),
        (actions("2020-03-13,,", "2020-03-13,2020-03-14,"), "column `closed`: a day, and the action is open"),
        (actions("hot-water\n", "Hot Water\n"), "line 2, column `claim`: `Hot Water` is no id of a claim"),
        (actions("press office", ""), "line 2, column `owner`: empty"),
        (survey("0.62", "62 %"), "line 2, column `value`: `62 %` is no number"),
        (survey("0.62", "nan"), "`nan` is no number"),
        (survey("0.62", "0.7"), "line 2, column `low`: the value is not between low and high"),
        (survey("0.58", ""), "line 2, column `low`: one end of the interval is missing"),
        (survey("2020-03-01", "2020-03-08"), "line 3, column `date`: a second value of the series on a day"),
        (survey("0.41,,,fraction", "0.41,,,per cent"), "line 3, column `unit`: another unit"),
        (survey("0.41,,,fraction,Invented", "0.41,,,fraction,Other"), "line 3, column `source`: another source"),
        (survey("source", ""), "line 1: a column `` that nobody reads"),
    ] {
        assert!(said.contains(expected), "{said}\nlacks\n{expected}");
    }
    let without = read("date,title\n2020-03-04,x\n", events::read).unwrap_err();
    assert!(without.contains("line 1: no column `kind`"), "{without}");
    let latin = read(b"date,title,kind\n2020-03-04,citt\xe0,decree\n", events::read).unwrap_err();
    assert!(latin.contains("line 2: not UTF-8 – save the file as `CSV UTF-8`"), "{latin}");
}

#[test]
fn size_has_limits() {
    let long = EVENTS.replace("Tutta", &"a".repeat(301));
    assert!(read(long, events::read).unwrap_err().contains("line 2, column `title`: longer than 300 characters"));
    assert!(read(vec![b'a'; (4 << 20) + 1], events::read).unwrap_err().contains("larger than 4 MiB"));
    let rows = "date,title,kind\n".to_owned() + &"2020-03-04,x,data\n".repeat(40_001);
    assert!(read(rows, events::read).unwrap_err().contains("more than 40000 rows"));
}

#[test]
fn nobody_is_named() {
    let named = ACTIONS
        .replace("press office", "press office (@anna.b / +39 06 5550 0123)")
        .replace("on three sites", "ask anna.b@example.org or u/anna_b")
        .replace("Ask the schools", "Answer https://twitter.com/anna_b/status/1");
    let actions = read(named, actions::read).unwrap();
    assert_eq!(actions[0].owner, "press office (@user / [phone])");
    assert_eq!(actions[0].note.as_deref(), Some("ask [email] or @user"));
    assert_eq!(actions[1].action, "Answer [profile]");
    let said = read(EVENTS.replace("2020-03-04", "@anna_b"), events::read).unwrap_err();
    assert!(!said.contains("anna"), "{said}");
    let said = read(EVENTS.replace("title", "@anna_b"), events::read).unwrap_err();
    assert!(!said.contains("anna"), "{said}");
}

#[test]
fn a_series_stands_in_one_file() {
    let dir = tempfile::tempdir().unwrap();
    let put = |name: &str| {
        polso_store::write_atomic(&dir.path().join(name), SURVEY.as_bytes()).unwrap();
        dir.path().join(name)
    };
    let places = Places { outside: vec![put("survey.csv"), put("more.csv")], ..Places::default() };
    assert!(matches!(places.read(), Err(Error::Twice { name, .. }) if name == "Worried"));
    assert!(!places.is_empty() && Places::default().is_empty());
    assert_eq!(Places::default().read().unwrap(), Beside::default());
}

#[test]
fn the_demos_files_are_read() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let places = Places {
        events: Some(seeds.join("events.csv")),
        actions: Some(seeds.join("actions.csv")),
        outside: vec![seeds.join("survey.csv")],
    };
    let beside = places.read().unwrap_or_else(|error| panic!("{error}"));
    assert!(!beside.events.is_empty() && beside.series.iter().all(|series| !series.points.is_empty()));
    assert!(beside.actions.is_some_and(|actions| actions.len() > 3));
}
