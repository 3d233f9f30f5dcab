//! What must hold for the mix of any posts: made-up texts on a line, whose true mix is known.

use super::*;
use crate::hash;
use crate::shares::{AUTHOR, LabelledPost, Validation, cell};
use proptest::prelude::*;

/// Texts on a line: each mood lies around a place of its own, as far apart as a model that is right two times in three
/// would put them. The probabilities follow from Bayes' rule for a mix that the labelled posts do not have.
const PLACES: [f64; 3] = [-1.5, 0.0, 1.5];
const PRIOR: Mix = [0.35, 0.35, 0.3];

/// What a model says of a text of some mood. `slope` above one makes it too sure of itself.
fn said(random: &mut Random, mood: usize, slope: f64) -> Mix {
    // A normal number from two even ones (Box & Muller 1958).
    let (radius, angle) = (1.0 - random.unit(), random.unit());
    let at = PLACES[mood] + (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos();
    let weights: Mix = std::array::from_fn(|mood| PRIOR[mood] * (-slope * (at - PLACES[mood]).powi(2) / 2.0).exp());
    weights.map(|weight| weight / weights.iter().sum::<f64>())
}

fn mood(random: &mut Random, mix: Mix) -> usize {
    let at = random.unit();
    usize::from(at >= mix[0]) + usize::from(at >= mix[0] + mix[1])
}

/// As many labelled posts of each mood, `n` in all.
fn labelled(random: &mut Random, n: usize, slope: f64) -> Validation {
    let post = |number: usize| {
        let mut mood = [0.0; 3];
        mood[number % 3] = 1.0;
        LabelledPost { lang: "it".into(), mood, probabilities: said(random, number % 3, slope) }
    };
    Validation::of((0..n).map(post))
}

/// Authors with one to three posts each, all drawn from the same mix.
fn crowd(random: &mut Random, authors: u64, (mix, slope): (Mix, f64)) -> Crowd {
    let mut crowd = Crowd::default();
    for author in 0..authors {
        let posts: Vec<(u16, u16, u64)> = (0..=random.below(3))
            .map(|_| {
                let mood = mood(random, mix);
                (0, u16::try_from(cell(said(random, mood, slope)).unwrap()).unwrap(), 1)
            })
            .collect();
        crowd.push(hash::mix(author), &posts);
    }
    crowd
}

fn draws(resamples: u32) -> Draws {
    Draws { resamples, seed: 9 }
}

fn error(found: Mix, truth: Mix) -> f64 {
    found.iter().zip(truth).map(|(found, truth)| (found - truth).abs()).sum::<f64>() / 3.0
}

#[test]
fn a_moved_mix_is_found_though_the_model_is_too_sure_of_itself() {
    let truth = [0.55, 0.3, 0.15];
    for slope in [1.0, 1.6] {
        let mut random = Random::new(5);
        let references = References::draw(&labelled(&mut random, 20_000, slope), draws(0));
        let crowd = crowd(&mut random, 20_000, (truth, slope));
        let found = estimate(&crowd, &["it"], &references, draws(0)).unwrap();
        assert!(error(found.mix, truth) < 0.01 && found.used == Used::Sld, "{slope}: {:?}", found.mix);
        assert!(found.borrowed.is_empty() && found.draws.is_empty());
    }
}

#[test]
fn intervals_hold_the_truth_and_those_of_posts_alone_are_narrower() {
    let (truth, days) = ([0.43, 0.35, 0.22], 200);
    let (mut held, mut wide, mut narrow) = (0, 0.0, 0.0);
    for seed in 0..days {
        let mut random = Random::new(hash::mix(seed));
        let references = References::draw(&labelled(&mut random, 600, 1.3), Draws { resamples: 200, seed });
        let crowd = crowd(&mut random, 600, (truth, 1.3));
        let found = estimate(&crowd, &["it"], &references, Draws { resamples: 200, seed }).unwrap();
        let ends = |draws: &[Mix]| {
            let mut negative: Vec<f64> = draws.iter().map(|mix| mix[0]).collect();
            negative.sort_by(f64::total_cmp);
            (negative[4], negative[195])
        };
        let (low, high) = ends(&found.draws);
        held += u32::from(low <= truth[0] && truth[0] <= high);
        wide += high - low;
        let (low, high) = ends(&found.of_authors);
        narrow += high - low;
    }
    // 200 days at 95 %: three standard errors are 4.6 points.
    assert!((181..=199).contains(&held), "{held}");
    assert!(narrow < 0.8 * wide, "{narrow} {wide}");
}

#[test]
fn of_one_author_there_are_no_draws_and_of_none_no_mix() {
    let mut random = Random::new(1);
    let references = References::draw(&labelled(&mut random, 300, 1.0), draws(20));
    let found = estimate(&crowd(&mut random, 1, (PRIOR, 1.0)), &["it"], &references, draws(20)).unwrap();
    assert!(found.draws.is_empty() && found.of_authors.is_empty());
    assert!(estimate(&Crowd::default(), &["it"], &references, draws(20)).is_none());
    let none = References::draw(&Validation::default(), draws(20));
    assert!(estimate(&crowd(&mut random, 9, (PRIOR, 1.0)), &["it"], &none, draws(20)).is_none());
}

#[test]
fn a_language_without_labelled_posts_borrows_and_says_so() {
    let mut random = Random::new(2);
    let references = References::draw(&labelled(&mut random, 600, 1.0), draws(20));
    let crowd = crowd(&mut random, 300, (PRIOR, 1.0));
    let (own, other) =
        (estimate(&crowd, &["it"], &references, draws(20)), estimate(&crowd, &["sv"], &references, draws(20)));
    let (own, other) = (own.unwrap(), other.unwrap());
    assert_eq!((other.borrowed, own.mix), (vec!["sv".to_owned()], other.mix));
}

#[test]
fn an_author_counts_once_where_authors_count_the_same() {
    let mut random = Random::new(3);
    let references = References::draw(&labelled(&mut random, 3_000, 1.0), draws(0));
    let (mut posts, mut authors) = (Crowd::default(), Crowd::default());
    let mut say = |author: u64, n: u64, mix: Mix| {
        let cells: Vec<u16> = (0..n)
            .map(|_| {
                let mood = mood(&mut random, mix);
                u16::try_from(cell(said(&mut random, mood, 1.0)).unwrap()).unwrap()
            })
            .collect();
        let weighing = |weight: u64| cells.iter().map(|cell| (0, *cell, weight)).collect::<Vec<_>>();
        posts.push(hash::mix(author), &weighing(1));
        authors.push(hash::mix(author), &weighing(AUTHOR / n));
    };
    (0..1_500).for_each(|author| say(author, 2, [0.2, 0.4, 0.4]));
    (1_500..1_520).for_each(|author| say(author, 300, [0.9, 0.05, 0.05]));
    let negative = |crowd: &Crowd| estimate(crowd, &["it"], &references, draws(0)).unwrap().mix[0];
    assert!((negative(&posts) - 0.67).abs() < 0.04, "{}", negative(&posts));
    assert!((negative(&authors) - 0.21).abs() < 0.04, "{}", negative(&authors));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn shares_are_shares_and_the_order_does_not_show(
        said in prop::collection::vec((0_u16..3, 0_u16..231, 1_u64..4), 1..60),
        seed in 0_u64..50,
    ) {
        let references = References::draw(&labelled(&mut Random::new(seed), 600, 1.2), Draws { resamples: 30, seed });
        let of = |said: &[(u16, u16, u64)]| {
            let mut crowd = Crowd::default();
            crowd.push(1, said);
            crowd.push(2, &said[..=said.len() / 2]);
            estimate(&crowd, &["it", "fi", "sv"], &references, Draws { resamples: 30, seed }).unwrap()
        };
        let found = of(&said);
        prop_assert!(found.draws.len() == 30 && found.of_authors.len() == 30);
        for mix in found.draws.iter().chain(&found.of_authors).chain([&found.mix]) {
            prop_assert!((mix.iter().sum::<f64>() - 1.0).abs() < 1e-6, "{mix:?}");
            prop_assert!(mix.iter().all(|share| (0.0..=1.0 + 1e-9).contains(share)), "{mix:?}");
        }
        let half = said.len() / 2 + 1;
        let mut turned = said.clone();
        turned[..half].reverse();
        turned[half..].reverse();
        prop_assert_eq!(of(&turned).draws, found.draws);
    }
}
