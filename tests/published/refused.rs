//! What is no model, or cannot run here: an error with a hint, exit code 2, and nothing half installed.

use super::{added, copied, fixture};
use crate::support::Place;

/// Looks whether a command is refused for a reason, and leaves nothing behind.
fn refused(place: &Place, args: &[&str], reason: &str) {
    let ran = place.run(args);
    assert_eq!(ran.code, 2, "{args:?}\n{}{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains(reason) && ran.stderr.contains("hint:"), "{args:?}\n{}", ran.stderr);
    assert!(!ran.stderr.contains("panicked") && !ran.stderr.contains("met a bug"), "{}", ran.stderr);
    assert_eq!(added(place), Vec::<String>::new(), "{args:?}");
}

fn refused_folder(spoil: impl FnOnce(&Place), options: &[&str], reason: &str) {
    let place = Place::new();
    let folder = copied(&place, "bert").display().to_string();
    spoil(&place);
    refused(&place, &[&["model", "add", &folder, "--languages", "it"], options].concat(), reason);
}

fn remove(place: &Place, file: &str) {
    std::fs::remove_file(place.path("bert").join(file)).unwrap();
}

#[test]
fn folders_that_are_no_models() {
    refused_folder(|place| remove(place, "tokenizer.json"), &[], "has no `tokenizer.json`");
    refused_folder(|place| remove(place, "config.json"), &[], "has no `config.json`");
    refused_folder(|place| remove(place, "model.safetensors"), &[], "has no `model.safetensors`");
    let pickled = |place: &Place| {
        remove(place, "model.safetensors");
        place.put("bert/pytorch_model.bin", b"PK");
    };
    refused_folder(pickled, &[], "a pickle (`pytorch_model.bin`)");
    let sharded = |place: &Place| {
        remove(place, "model.safetensors");
        place.put("bert/model.safetensors.index.json", b"{}");
    };
    refused_folder(sharded, &[], "in several files");
    refused_folder(|place| drop(place.put("bert/model.safetensors", b"nothing")), &[], "no safetensors file");
    refused_folder(|place| drop(place.put("bert/tokenizer.json", b"{}")), &[], "the tokenizer of the model");
}

#[test]
fn labels_that_make_no_head() {
    refused_folder(|_| {}, &["--labels", "negative=nope"], "no label `nope`");
    refused_folder(|_| {}, &["--labels", "angry=negative"], "`angry` is none of");
    refused_folder(|_| {}, &["--task", "misinformation"], "asks for a check");
    let place = Place::new();
    // Five labels where three are needed, two where three are, and names that say nothing.
    refused(&place, &["model", "add", &fixture("deberta"), "--languages", "it", "--task", "sentiment"], "is not said");
    refused(
        &place,
        &["model", "add", &fixture("distilbert"), "--languages", "it", "--task", "sentiment"],
        "none of them means neutral",
    );
    refused(&place, &["model", "add", &fixture("xlm-roberta"), "--languages", "it"], "--labels");
}

#[test]
fn languages_names_and_places_that_cannot_be() {
    let place = Place::new();
    let model = fixture("bert");
    refused(&place, &["model", "add", &model], "which languages");
    refused(&place, &["model", "add", &model, "--languages", "it,xx"], "`xx`");
    refused(&place, &["model", "add", &model, "--languages", "it", "--name", "../out"], "no name for a model");
    refused(&place, &["model", "add", &model, "--languages", "it", "--name", "polso-mini-2"], "no name for a model");
    refused(&place, &["model", "add", "./nowhere"], "no folder `./nowhere`");
    refused(&place, &["model", "calibrate", "polso-mini-2", "--data", "x"], "compiled in");
    refused(&place, &["model", "calibrate", "nowhere", "--data", "x"], "nowhere/card.toml");
}

#[test]
fn devices_that_are_not_there() {
    let place = Place::with_settings("[classify]\ndevice = \"cuda:63\"\n");
    refused(&place, &["model", "add", &fixture("bert"), "--languages", "it"], "cuda:63");
    let place = Place::with_settings("[classify]\ndevice = \"cpu\"\nprecision = \"f16\"\n");
    refused(&place, &["model", "add", &fixture("bert"), "--languages", "it"], "f16");
    let place = Place::with_settings("[classify]\ndevice = \"gpu\"\n");
    refused(&place, &["model", "add", &fixture("bert"), "--languages", "it"], "polso.toml");
}

#[test]
fn a_head_that_a_model_lacks() {
    let place = Place::new();
    place.done(&["model", "add", &fixture("bert"), "--languages", "it", "--name", "moods"]);
    for settings in ["[classify.heads]\nemotions = \"moods\"\n", "[classify]\nmodel = \"moods\"\n"] {
        place.put("polso.toml", settings.as_bytes());
        let ran = place.run(&["check"]);
        assert!(ran.code == 2 && ran.stdout.contains("has no head"), "{}", ran.stdout);
        place.put("posts.jsonl", crate::support::some_seeds(5).as_bytes());
        place.run(&["import", "posts.jsonl"]);
        let ran = place.run(&["classify"]);
        assert!(ran.code == 2 && ran.stderr.contains("has no head") && ran.stderr.contains("hint:"), "{}", ran.stderr);
    }
}
