//! What was put in comes out: rows drawn from a known calibration give it back.

use super::*;

/// A row of numbers between 0 and 1, the same for the same seed.
fn drawn(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn chosen<const K: usize>(probabilities: [f64; K], at: f64) -> usize {
    let mut sum = 0.0;
    (0..K - 1)
        .find(|k| {
            sum += probabilities[*k];
            at < sum
        })
        .unwrap_or(K - 1)
}

fn mood_rows(lang: &str, (slope, bias): (f64, [f64; 3]), n: usize) -> Vec<MoodRow> {
    let mut draw = drawn(7);
    let row = |_| {
        let logits = [draw() * 8.0 - 4.0, draw() * 8.0 - 4.0, draw() * 8.0 - 4.0];
        let truth = softmax(std::array::from_fn::<f64, 3, _>(|k| slope * logits[k] + bias[k]));
        MoodRow { lang: lang.to_owned(), logits, label: chosen(truth, draw()) }
    };
    (0..n).map(row).collect()
}

#[test]
fn a_known_scaling_is_found_again() {
    let head = sentiment(&mood_rows("it", (0.5, [0.6, -0.6, 0.0]), 20_000));
    assert!((head.temperature - 2.0).abs() < 0.1, "{head:?}");
    assert!((head.bias[0] - head.bias[1] - 1.2).abs() < 0.1 && head.by_lang.is_empty(), "{head:?}");
}

#[test]
fn a_language_with_rows_enough_has_its_own() {
    let mut rows = mood_rows("it", (0.5, [0.0; 3]), 3_000);
    rows.extend(mood_rows("fi", (1.5, [0.0; 3]), 3_000));
    rows.extend(mood_rows("en", (1.0, [0.0; 3]), OWN - 1));
    let head = sentiment(&rows);
    assert_eq!(head.by_lang.keys().collect::<Vec<_>>(), ["fi", "it"]);
    assert!(head.by_lang["it"].temperature > 1.7 && head.by_lang["fi"].temperature < 0.8, "{head:?}");
}

#[test]
fn a_fit_makes_rows_likelier_and_never_turns_answers_round() {
    let rows = mood_rows("it", (0.3, [1.0, 0.0, -1.0]), 500);
    let loss = |head: &SentimentHead| -> f64 { rows.iter().map(|row| -probabilities(row, head)[row.label].ln()).sum() };
    let plain = SentimentHead { temperature: 1.0, bias: [0.0; 3], ..sentiment(&rows) };
    assert!(loss(&sentiment(&rows)) < loss(&plain) - 10.0);
    let upside_down: Vec<(f64, bool)> = (0..100).map(|i| (f64::from(i) - 50.0, i < 50)).collect();
    assert!(question(&upside_down).temperature > 0.0);
}

#[test]
fn few_or_clear_rows_carry_nothing_away() {
    for rows in [vec![], vec![(30.0, true)], vec![(1.0, true), (-1.0, false)], vec![(0.0, true); 40]] {
        let head = question(&rows);
        let numbers = [head.temperature, head.bias, head.threshold];
        assert!(numbers.iter().all(|number| number.is_finite() && number.abs() < 30.0), "{rows:?} {head:?}");
    }
    assert!((sentiment(&[]).temperature - 1.0).abs() < 1e-6);
}

#[test]
fn the_threshold_parts_what_can_be_parted() {
    let rows: Vec<(f64, bool)> = (0..200).map(|i| (f64::from(i) / 20.0 - 5.0, i >= 120)).collect();
    let head = question(&rows);
    let wrong = rows.iter().filter(|(logit, yes)| (probability(*logit, &head) >= f64::from(head.threshold)) != *yes);
    assert!(wrong.count() <= 3, "{head:?}");
}

#[test]
fn emotions_are_fitted_one_by_one() {
    let plain = BinaryHead { temperature: 1.0, bias: 0.0, threshold: 0.5 };
    let head = EmotionsHead { labels: vec![2, 0], each: vec![plain; 2] };
    let rows: Vec<(Vec<f64>, Vec<bool>)> =
        (0..100).map(|i| (vec![f64::from(i) / 10.0 - 5.0, 0.0], vec![i >= 70, i % 4 == 0])).collect();
    let fitted = emotions(&head, &rows);
    assert_eq!(fitted.labels, head.labels);
    assert!(fitted.each[0].bias < -0.5 && (probability(0.0, &fitted.each[1]) - 0.25).abs() < 0.01, "{fitted:?}");
}
