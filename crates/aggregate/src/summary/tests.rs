//! What the gate takes out of a day.

use super::*;
use crate::fixtures::{config, day, lake, posts};

#[test]
fn what_too_few_stand_behind_is_withheld_and_counted() {
    let (_dir, lake) = lake();
    lake.write_part(1, &posts(day("2020-03-09"), 0..70)).unwrap();
    let mut summary = crate::sum_up(&lake, day("2020-03-09"), &config()).unwrap();
    // Seven people posted, all of them in the first hour.
    let hours = summary.hours.clone();
    assert_eq!((hours[0].people, hours[2].people), (7, 0));
    assert_eq!(summary.clone().withhold(1), 0);
    assert!(summary.withhold(8) > 0);
    assert!(summary.mood.is_none() && summary.by_lang.is_empty() && summary.hours[0].negative.is_none());
    assert_eq!(summary.hours[0].n, hours[0].n, "how many posted is no secret");
}
