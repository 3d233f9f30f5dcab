//! The gate out: nothing leaves about too few people.

use polso_domain::Withhold;
use std::ops::Deref;

/// A summary that passed the gate. Reports, alerts and the dashboard accept nothing else, and only [`publish`] makes one.
#[derive(Debug, Clone, PartialEq)]
pub struct Published<T>(T);

impl<T> Deref for Published<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// Drops every group behind which fewer than `min_people` people stand; the summary itself keeps count of how many went.
pub fn publish<T: Withhold>(mut summary: T, min_people: u32) -> Published<T> {
    summary.withhold(min_people);
    Published(summary)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Table(Vec<u32>);

    impl Withhold for Table {
        fn withhold(&mut self, people: u32) -> u32 {
            let before = self.0.len();
            self.0.retain(|row| *row >= people);
            u32::try_from(before - self.0.len()).unwrap()
        }
    }

    #[test]
    fn small_groups_do_not_leave() {
        assert_eq!(publish(Table(vec![4, 5, 900]), 5).0.0, [5, 900]);
    }
}
