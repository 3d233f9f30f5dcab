//! How many posts ask something, and how many people.

use crate::Asked;
use crate::scan::{Scan, hashed, numbers};
use polars::prelude::*;
use polso_store::columns::name;

/// Posts that ask; `None` where no model said of any post whether it does.
pub(crate) fn asked(scan: &Scan) -> Result<Option<Asked>, polso_store::Error> {
    let told = scan.collect(scan.rows().select([col(name::QUESTION).count().alias("told")]))?;
    if scan.read(&told, |frame| numbers(frame, "told"))?.first().is_none_or(|told| *told == 0) {
        return Ok(None);
    }
    let asking = scan.rows().filter(col(name::QUESTION).eq(lit(true))).group_by([hashed(name::AUTHOR)]);
    let frame = scan.collect(asking.agg([len().alias("posts")]))?;
    let by_author = scan.read(&frame, |frame| numbers(frame, "posts"))?;
    Ok(Some(Asked { n: by_author.iter().sum(), people: u32::try_from(by_author.len()).unwrap_or(u32::MAX) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{day, lake, posts};
    use polso_domain::Withhold;

    fn of(question: impl Fn(u32) -> Option<bool>) -> Option<Asked> {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        let mut rows = posts(today, 0..70);
        for (number, row) in (0..).zip(&mut rows) {
            row.heard.reading.as_mut().unwrap().question = question(number);
        }
        lake.write_part(0, &rows).unwrap();
        asked(&Scan::of(&lake, today).unwrap()).unwrap()
    }

    #[test]
    fn questions_and_those_who_ask_are_counted() {
        // Of seven authors in turn, the first three ask.
        assert_eq!(of(|number| Some(number % 7 < 3)), Some(Asked { n: 30, people: 3 }));
        assert_eq!(of(|_| Some(false)), Some(Asked { n: 0, people: 0 }));
    }

    #[test]
    fn a_model_that_does_not_tell_questions_finds_no_silence() {
        assert_eq!(of(|_| None), None);
    }

    #[test]
    fn too_few_who_ask_are_withheld() {
        let (_dir, lake) = lake();
        lake.write_part(1, &posts(day("2020-03-09"), 0..70)).unwrap();
        let mut summary = crate::sum_up(&lake, day("2020-03-09"), &crate::fixtures::config()).unwrap();
        summary.questions = Some(Asked { n: 9, people: 4 });
        let without = summary.clone().withhold(4);
        assert!(summary.withhold(5) > without && summary.questions.is_none());
    }
}
