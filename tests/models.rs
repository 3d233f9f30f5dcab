//! `polso model`: what there is, what it says of itself, and whether it is intact.

use crate::support::{Place, card, root, some_seeds};
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

#[test]
fn two_models_side_by_side_name_themselves_in_every_row() {
    let place = Place::with_settings("[classify.heads]\nquestion = \"elsewhere/mine\"\n");
    place.put_model("elsewhere/mine");
    let card = place.read("elsewhere/mine/card.toml").replacen(&format!("id = \"{BUNDLED}\""), "id = \"mine\"", 1);
    place.put("elsewhere/mine/card.toml", card.as_bytes());
    let list = place.done(&["model", "list"]);
    assert!(list.contains("in use for question"), "{list}");
    assert!(place.run(&["check"]).stdout.contains(&format!("✔ model: {BUNDLED};question=mine: ")));
    place.put("posts.jsonl", some_seeds(40).as_bytes());
    place.done(&["import", "posts.jsonl"]);
    place.done(&["classify"]);
    let models = place.done(&["query", "SELECT DISTINCT model FROM observations", "--format", "csv"]);
    assert_eq!(models.lines().nth(1), Some(format!("{BUNDLED};question=mine").as_str()), "{models}");
}

#[test]
fn a_folder_is_calibrated_and_the_one_that_is_compiled_in_is_not() {
    let place = Place::new();
    place.put_model("elsewhere/mine");
    let labels = ["negative", "neutral", "positive"];
    let row = |i: usize| {
        let text = ["che bella giornata", "che tristezza infinita", "il centro apre domani"][i % 3];
        serde_json::json!({"text": format!("{text} numero {i}"), "label": labels[i / 2 % 3], "lang": "it"}).to_string()
            + "\n"
    };
    place.put("labelled.jsonl", (0..240).map(row).collect::<String>().as_bytes());
    let network = std::fs::metadata(place.path("elsewhere/mine/model.onnx")).unwrap().len();
    let ran = place.run(&["model", "calibrate", "elsewhere/mine", "--data", "labelled.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    // The other heads, the claims and the network stay as they were.
    assert!(place.done(&["model", "verify", "elsewhere/mine"]).lines().all(|line| line.starts_with('✔')));
    let card = place.read("elsewhere/mine/card.toml");
    assert!(card.contains(&format!("id = \"{BUNDLED}+")) && card.contains("claims_sha256"), "{card}");
    assert_eq!(std::fs::metadata(place.path("elsewhere/mine/model.onnx")).unwrap().len(), network);
    assert_eq!(place.read("elsewhere/mine/validation.csv").lines().count(), 241);
    let left: Vec<_> = std::fs::read_dir(place.path("elsewhere")).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    let ran = place.run(&["model", "calibrate", BUNDLED, "--data", "labelled.jsonl"]);
    assert!(ran.code == 2 && ran.stderr.contains("compiled in"), "{}", ran.stderr);
}

#[cfg(not(feature = "libtorch"))]
#[test]
fn without_libtorch_a_published_model_is_refused_with_how_to_build_it_in() {
    let place = Place::new();
    let ran = place.run(&["model", "add", "some/model"]);
    assert!(ran.code == 2 && ran.stderr.contains("--features libtorch"), "{}", ran.stderr);
    let fixture = crate::support::root().join("crates/classify/fixtures/published/bert/config.json");
    place.put("mine/config.json", &std::fs::read(fixture).unwrap());
    place.put("mine/tokenizer.json", b"{}");
    place.put("mine/model.safetensors", b"");
    place.put("mine/card.toml", b"id = 'mine'\nengine = 'libtorch'\nlicence = 'mit'\nlanguages = ['it']\nmax_tokens = 9\nmodel_sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'\ntokenizer_sha256 = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'\n");
    let ran = place.run(&["model", "verify", "mine"]);
    assert!(ran.code == 2 && !ran.stderr.contains("bug"), "{}{}", ran.stdout, ran.stderr);
}

/// What `scripts/libtorch.sh` says in a place with a folder that pretends to be libtorch of some version.
fn libtorch(place: &Place, version: Option<&str>, args: &[&str]) -> (Option<i32>, String, String) {
    let folder = place.path("libtorch");
    if let Some(version) = version {
        let header = format!("#define TORCH_VERSION \\\n  \"{version}\"\n");
        place.put("libtorch/include/torch/csrc/api/include/torch/version.h", header.as_bytes());
        place.put("libtorch/lib/libtorch_cpu.so", b"");
    }
    let mut script = std::process::Command::new(root().join("scripts/libtorch.sh"));
    script.args(args).env("LIBTORCH", &folder).env("POLSO_LIBTORCH_CACHE", place.path("cache"));
    let output = script.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_script_for_libtorch_takes_the_right_version_and_refuses_others() {
    let installed = ["--door", "installed"];
    let place = Place::new();
    let (code, exports, talk) = libtorch(&place, Some("2.4.0"), &installed);
    assert_eq!(code, Some(0), "{talk}");
    let folder = place.path("libtorch").display().to_string();
    assert!(exports.contains(&format!("export LIBTORCH={folder}\n")) && exports.contains("export LD_LIBRARY_PATH="));
    let (code, exports, talk) = libtorch(&place, Some("2.6.0"), &installed);
    assert!(code == Some(2) && exports.is_empty() && talk.contains("is libtorch 2.6.0, 2.4.0 is needed"), "{talk}");
    let (code, _, talk) = libtorch(&place, Some("2.4.0"), &["--door", "installed", "--cuda"]);
    assert!(code == Some(2) && talk.contains("without CUDA"), "{talk}");
    let (code, _, talk) = libtorch(&Place::new(), None, &installed);
    assert!(code == Some(2) && talk.contains("no lib/libtorch_cpu.so") && talk.contains("set LIBTORCH"), "{talk}");
    let (code, _, talk) = libtorch(&Place::new(), None, &["--door", "window"]);
    assert!(code == Some(2) && talk.contains("no such door"), "{talk}");
    assert!(!place.path("cache").exists());
}

#[test]
fn what_a_head_leaves_empty_is_not_measured_as_a_no() {
    let place = Place::with_settings("[classify.heads]\nneeds_checking = \"elsewhere/mine\"\n");
    place.put_model("elsewhere/mine");
    let card = place.read("elsewhere/mine/card.toml");
    let languages = card.lines().find(|line| line.starts_with("languages = ")).unwrap();
    place.put("elsewhere/mine/card.toml", card.replacen(languages, "languages = [\"fi\"]", 1).as_bytes());
    let rows = "{\"text\": \"bevete acqua calda, uccide il virus\", \"label\": 1, \"lang\": \"it\"}\n\
                {\"text\": \"juokaa kuumaa vettä, se tappaa viruksen\", \"label\": 1, \"lang\": \"fi\"}\n";
    place.put("labelled.jsonl", rows.as_bytes());
    let measured = place.done(&["eval", "--task", "misinformation", "--data", "labelled.jsonl", "--json"]);
    let measured: serde_json::Value = serde_json::from_str(&measured).unwrap();
    assert_eq!((&measured["n"], &measured["unscored"]["unsupported_language"]), (&1.into(), &1.into()), "{measured}");
}
