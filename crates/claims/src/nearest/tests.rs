//! What nearness must hold for any vectors.

use super::*;
use proptest::prelude::*;

fn vectors(size: usize, most: usize) -> impl Strategy<Value = Vec<Vector>> {
    let bytes = prop_oneof![Just(-127_i8), Just(127), any::<i8>()];
    let vector = proptest::collection::vec(bytes, size).prop_filter_map("points nowhere", |b| Vector::from_bytes(&b));
    proptest::collection::vec(vector, 1..most)
}

/// The same by comparing each with each.
fn slowly(rows: &[Vector], query: &Vector, k: usize) -> Vec<Neighbour> {
    let mut all: Vec<Neighbour> =
        rows.iter().enumerate().map(|(row, vector)| Neighbour { row, cosine: query.cosine(vector) }).collect();
    all.sort_by(|a, b| b.cosine.total_cmp(&a.cosine).then(a.row.cmp(&b.row)));
    all.truncate(k);
    all
}

fn refs(vectors: &[Vector]) -> Vec<&Vector> {
    vectors.iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_nearest_are_those_that_comparing_each_gives(
        rows in vectors(384, 90),
        queries in vectors(384, 70),
        k in 0_usize..9,
        halved: bool,
    ) {
        // Twice the same rows, so that there are ties.
        let rows: Vec<Vector> = rows.iter().chain(&rows).cloned().collect();
        let nearest = Nearest { halved, ..Nearest::new(&refs(&rows)) };
        // A processor that adds in 16 bits must halve.
        prop_assume!(halved || !nearest.gemm.may_saturate());
        let found = nearest.top(&refs(&queries), k).unwrap();
        for (query, found) in queries.iter().zip(&found) {
            prop_assert_eq!(found, &slowly(&rows, query, k));
        }
    }

    #[test]
    fn pairs_are_all_that_reach_the_cosine(rows in vectors(16, 60), queries in vectors(16, 9), cosine in -1.0_f32..1.0) {
        let pairs = Nearest::new(&refs(&rows)).pairs_above(&refs(&queries), cosine).unwrap();
        let mut slowly = Vec::new();
        for (query, vector) in queries.iter().enumerate() {
            let of = rows.iter().enumerate().map(|(row, other)| Pair { query, row, cosine: vector.cosine(other) });
            slowly.extend(of.filter(|pair| pair.cosine >= cosine));
        }
        prop_assert_eq!(pairs, slowly);
    }
}

#[test]
fn rows_of_several_blocks_are_numbered_through() {
    let bytes = |seed: usize| (0..24_usize).map(move |at| i8::try_from((at * 31 + seed * 17) % 251).unwrap_or(-9));
    let rows: Vec<Vector> =
        (0..2 * ROWS + 5).filter_map(|seed| Vector::from_bytes(&bytes(seed).collect::<Vec<_>>())).collect();
    let query = rows[2 * ROWS + 1].clone();
    let found = Nearest::new(&refs(&rows)).top(&[&query], 40).unwrap();
    assert_eq!(found[0], slowly(&rows, &query, 40));
}

#[test]
fn nothing_is_near_nothing() {
    let one = Vector::from_bytes(&[1, 2, 3]).unwrap();
    let other = Vector::from_bytes(&[1, 2]).unwrap();
    assert_eq!(Nearest::new(&[]).top(&[&one], 3).unwrap(), [vec![]]);
    assert!(Nearest::new(&[&one]).pairs_above(&[&other], 0.1).unwrap().is_empty());
    let found = Nearest::new(&[&one, &other]).top(&[&one], 1).unwrap();
    assert_eq!(found[0], [Neighbour { row: 0, cosine: one.cosine(&one) }]);
}
