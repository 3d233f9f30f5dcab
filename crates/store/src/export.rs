//! What of a day may leave as rows: no people, and no text that only a few people posted.

use crate::columns::name;
use crate::{Error, Lake, Table};
use polars::prelude::*;
use polso_domain::Day;

/// Columns that point at people.
const PEOPLE: [&str; 3] = [name::AUTHOR, name::MENTIONS, name::IN_REPLY_TO];

impl Lake {
    /// A day's observations past the privacy gate: without the columns that point at people, and with its text only
    /// where at least `min_people` different authors posted the same one; otherwise the text is empty.
    pub fn export(&self, day: Day, min_people: u32) -> Result<Table, Error> {
        let rows = self.scan(day)?;
        let shared = rows
            .clone()
            .group_by([col(name::TEXT_KEY)])
            .agg([col(name::AUTHOR).n_unique().alias("people")])
            .filter(col("people").gt_eq(lit(min_people)))
            .select([col(name::TEXT_KEY), lit(true).alias("shared")]);
        let text = when(col("shared").fill_null(lit(false))).then(col(name::TEXT)).otherwise(lit(""));
        let past_the_gate = rows
            .left_join(shared, col(name::TEXT_KEY), col(name::TEXT_KEY))
            .with_column(text.alias(name::TEXT))
            .drop(by_name(PEOPLE, true, false) | by_name(["shared"], true, false))
            .sort([name::POSTED_AT, name::SOURCE, name::POST_ID], SortMultipleOptions::default());
        let frame = past_the_gate.collect_with_engine(Engine::Streaming).map_err(|error| self.blame(day, error))?;
        Ok(Table::new(frame.unwrap_single()))
    }
}

#[cfg(test)]
mod tests {
    use crate::fixtures::{author, day, lake, observation};
    use polso_domain::TextKey;

    #[test]
    fn no_person_and_no_rare_text_leaves() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        let mut rows: Vec<_> = (0..4).map(|n| observation(today, n)).collect();
        for (row, who) in rows.iter_mut().zip([1, 2, 2, 3]) {
            row.post.author = author(who);
        }
        for row in &mut rows[..3] {
            row.post.text = "copia".into();
            row.heard.text_key = TextKey(1);
        }
        lake.write_part(0, &rows).unwrap();
        let csv = |people| {
            let mut bytes = Vec::new();
            lake.export(today, people).unwrap().write_csv(&mut bytes).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        assert_eq!(csv(2).matches("copia").count(), 3);
        assert_eq!(csv(3).matches("copia").count(), 0);
        assert!(!csv(2).contains("testo numero"));
        let readings = ["emotions", "question", "\"\"anger\"\":0.125", ",false,"];
        assert!(readings.iter().all(|part| csv(2).contains(part)), "{}", csv(2));
        for column in ["author", "mentions", "in_reply_to", "shared"] {
            assert!(!csv(2).lines().next().unwrap().split(',').any(|name| name == column));
        }
        for key in [1, 2, 3, 8, 9] {
            assert!(!csv(2).contains(&author(key).to_hex()));
        }
    }
}
