//! What the gate out asks of a table.

/// A summary that can drop what too few people stand behind.
pub trait Withhold {
    /// Removes every group with fewer than `people` authors behind it and says how many groups went.
    ///
    /// Implementations take themselves apart by destructuring, so that a new table cannot be forgotten.
    fn withhold(&mut self, people: u32) -> u32;
}
