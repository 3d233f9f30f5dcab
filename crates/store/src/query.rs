//! SQL over the lake: tables `posts`, `observations`, `summaries` and `ledger`.

use crate::columns::{self, READING, SCHEMA};
use crate::lake::scan;
use crate::{Error, Lake, Table, files, parquet};
use polars::prelude::*;
use polars::sql::SQLContext;
use std::path::PathBuf;

impl Lake {
    /// Answers a question. Tables are read lazily: only the columns and row groups that it needs. A table without files
    /// is empty and has its columns. Rows come in no particular order unless the question has an `order by`.
    pub fn query(&self, sql: &str) -> Result<Table, Error> {
        let observations = self.observations_table()?;
        let mut context = SQLContext::new();
        let reading = by_name(READING, true, false);
        context.register("posts", observations.clone().drop(reading));
        context.register("observations", observations);
        context.register("summaries", self.day_files("summaries", &columns::measures())?);
        context.register("ledger", self.day_files("ledger", &columns::ledger())?);
        let answer = context.execute(sql).and_then(|answer| answer.collect_with_engine(Engine::Streaming));
        match answer {
            Ok(answer) => Ok(Table::new(answer.unwrap_single())),
            Err(source) => Err(Error::Query { source }),
        }
    }

    fn observations_table(&self) -> Result<LazyFrame, Error> {
        let mut parts = Vec::new();
        for day in self.days()? {
            parts.extend(self.parts(day)?);
        }
        for part in &parts {
            parquet::label(part, SCHEMA)?;
        }
        scan(&parts, &columns::observations(), &self.folder("observations"))
    }

    fn day_files(&self, folder: &str, schema: &SchemaRef) -> Result<LazyFrame, Error> {
        let folder = self.folder(folder);
        let mut paths: Vec<PathBuf> = files::list(&folder)?;
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "parquet"));
        scan(&paths, schema, &folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Measure;
    use crate::fixtures::{day, lake, observation, unscored};

    #[test]
    fn absent_tables_are_empty_and_have_their_columns() {
        let (_dir, lake) = lake();
        for table in ["posts", "observations", "summaries", "ledger"] {
            let answer = lake.query(&format!("select * from {table}")).unwrap();
            assert_eq!(answer.height(), 0, "{table}");
            assert!(answer.columns().contains(&"source") || table == "summaries");
        }
    }

    #[test]
    fn one_row_is_shown_like_many() {
        // A single row reaches the table as a scalar, structs included.
        let (_dir, lake) = lake();
        lake.write_part(0, &[observation(day("2020-03-09"), 1), observation(day("2020-03-09"), 2)]).unwrap();
        let shown = |sql: &str| {
            let mut lines = Vec::new();
            lake.query(sql).unwrap().write_json(&mut lines).unwrap();
            String::from_utf8(lines).unwrap()
        };
        let all = shown("select * from observations");
        assert_eq!(all.lines().next(), shown("select * from observations limit 1").lines().next());
    }

    #[test]
    fn posts_are_observations_without_their_readings() {
        let (_dir, lake) = lake();
        lake.write_part(0, &[observation(day("2020-03-09"), 1)]).unwrap();
        let posts = lake.query("select * from posts").unwrap();
        let observations = lake.query("select * from observations").unwrap();
        assert_eq!(observations.columns().len(), 31);
        assert_eq!(posts.columns().len() + READING.len(), observations.columns().len());
    }

    #[test]
    fn questions_reach_into_summaries_and_days() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        let row = Measure {
            table: "mood".into(),
            key: String::new(),
            measure: "negative".into(),
            value: 0.5,
            low: None,
            high: Some(0.6),
            n: 9,
        };
        lake.write_summary_table(today, &[row]).unwrap();
        let answer = lake.query("select day, value, low from summaries where day = date '2020-03-09'").unwrap();
        assert_eq!(answer.to_text(9), "day         value  low\n2020-03-09  0.5\n");
        lake.write_part(0, &[observation(today, 1), unscored(today, 2)]).unwrap();
        let shares = lake
            .query("select avg(negative) as share, count(*) as n from observations where scored = 'scored'")
            .unwrap();
        assert_eq!(shares.to_text(9), "share  n\n0.5    1\n");
    }

    #[test]
    fn nonsense_is_refused_with_a_hint() {
        let (_dir, lake) = lake();
        let error = lake.query("select nothing from nowhere").unwrap_err();
        assert!(error.hint().unwrap().contains("observations"));
    }
}
