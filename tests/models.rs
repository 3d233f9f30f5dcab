//! `polso model`: what there is, what it says of itself, and whether it is intact.

use crate::support::{Place, card};
use polso_classify::BUNDLED;

#[test]
fn the_list_names_what_is_compiled_in_and_what_is_in_use() {
    let place = Place::with_settings("[classify]\nmodel = \"elsewhere/mine\"\n");
    place.put_model("elsewhere/mine");
    let list = place.done(&["model", "list"]);
    let lines: Vec<&str> = list.lines().collect();
    assert!(lines[1].starts_with(BUNDLED) && !lines[1].contains("in use"), "{list}");
    assert!(lines[2].contains("elsewhere/mine") && lines[2].contains("in use"), "{list}");
    assert!(lines.iter().skip(1).all(|line| line.contains("it en fi") && line.contains("sentiment")), "{list}");
    std::fs::remove_file(place.path("elsewhere/mine/card.toml")).unwrap();
    let ran = place.run(&["model", "list"]);
    assert!(ran.code == 2 && ran.stdout.contains(BUNDLED) && ran.stderr.contains("elsewhere/mine/card.toml"));
    // Without settings there still is the one that is compiled in.
    std::fs::remove_file(place.path("polso.toml")).unwrap();
    assert!(place.done(&["model", "list"]).contains("in use"));
}

#[test]
fn the_card_is_shown_whole() {
    let shown = Place::new().done(&["model", "show"]);
    let card = card();
    for said in card.training_sets.iter().flat_map(|set| [&set.name, &set.licence]).chain(&card.weaknesses) {
        assert!(shown.contains(said.as_str()), "{said}\n{shown}");
    }
    for figure in &card.dev_figures {
        assert!(shown.contains(&figure.set) && shown.contains(&format!("{:.3}", figure.value)), "{figure:?}\n{shown}");
    }
}

#[test]
fn a_folder_is_verified_file_by_file_and_probe_by_probe() {
    let place = Place::new();
    place.put_model("elsewhere/mine");
    for model in [BUNDLED, "elsewhere/mine"] {
        let list = place.done(&["model", "verify", model]);
        assert!(
            list.lines().count() >= 2 + card().probes.len() && list.lines().all(|line| line.starts_with('✔')),
            "{list}"
        );
    }
    // A card that promises another answer than the network gives.
    let text = place.read("elsewhere/mine/card.toml");
    let (before, after) = text.split_once("[[probe]]").unwrap();
    let line = after.lines().find(|line| line.starts_with("negative")).unwrap();
    let wrong = after.replacen(line, "negative = 0.5555", 1);
    place.put("elsewhere/mine/card.toml", format!("{before}[[probe]]{wrong}").as_bytes());
    let ran = place.run(&["model", "verify", "elsewhere/mine"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stdout.contains("✖ probe") && ran.stdout.contains("hint:"), "{}", ran.stdout);
    assert!(ran.stdout.contains("its card says 0.55"), "{}", ran.stdout);
}

#[test]
fn a_damaged_file_and_a_missing_folder_are_named() {
    let place = Place::new();
    place.put_model("mine");
    place.put("mine/tokenizer.json", b"{}");
    let ran = place.run(&["model", "verify", "mine"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stdout.contains("✔ sha256 of model.onnx") && ran.stdout.contains("✖ sha256 of tokenizer.json"));
    assert!(ran.stdout.contains("has sha256") && ran.stdout.contains("its card says"), "{}", ran.stdout);
    for command in ["show", "verify"] {
        let ran = place.run(&["model", command, "nowhere"]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("nowhere/card.toml") && ran.stderr.contains("hint:"), "{}", ran.stderr);
    }
}
