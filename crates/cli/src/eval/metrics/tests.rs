//! Figures that can be counted by hand.

use super::*;

fn group(of: &[(usize, [f64; 2])]) -> Group<2> {
    let rows: Vec<Scored<2>> = of.iter().map(|(label, p)| Scored { label: *label, probabilities: *p }).collect();
    let probabilities: Vec<[f64; 2]> = rows.iter().map(|row| row.probabilities).collect();
    Group { estimated: shares::mean(&probabilities), rows }
}

fn of_two(group: &Group<2>) -> Figures {
    figures(group, ["0", "1"], |probabilities| usize::from(probabilities[1] >= 0.5))
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

#[test]
fn figures_agree_with_hand_counts() {
    // One true positive, one false positive, one false negative, one true negative.
    let group = group(&[(1, [0.1, 0.9]), (0, [0.3, 0.7]), (1, [0.6, 0.4]), (0, [0.8, 0.2])]);
    let figures = of_two(&group);
    near(figures.accuracy, 0.5);
    near(figures.macro_f1, 0.5);
    assert_eq!(figures.confusion, [[1, 1], [1, 1]]);
    near(figures.share_error.count, 0.0);
    near(figures.share_error.estimated, 0.05);
    // Ranking: hit, miss, hit, miss → (1/1 + 2/3) / 2.
    near(average_precision(&group.rows), f64::midpoint(1.0, 2.0 / 3.0));
}

#[test]
fn a_sure_and_right_model_is_calibrated() {
    let figures = of_two(&group(&[(0, [1.0, 0.0]), (1, [0.0, 1.0])]));
    near(figures.ece, 0.0);
    near(figures.macro_f1, 1.0);
}

#[test]
fn nothing_measured_is_no_crash() {
    assert_eq!(of_two(&group(&[])).n, 0);
}

#[test]
fn neutral_texts_and_neutral_probability_do_not_count_for_polarity() {
    let rows = [(0, [0.3, 0.6, 0.1]), (2, [0.4, 0.3, 0.3]), (1, [1.0, 0.0, 0.0])];
    let rows = rows.map(|(label, probabilities)| Scored { label, probabilities });
    near(polar_accuracy(&rows).unwrap(), 0.5);
    assert_eq!(polar_accuracy(&rows[2..]), None);
}
