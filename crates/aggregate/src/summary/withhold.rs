//! What the privacy gate takes out of a day, table by table.

use super::{ClaimDay, DaySummary, MoodPer, Tally};
use polso_domain::Withhold;

impl Withhold for DaySummary {
    fn withhold(&mut self, people: u32) -> u32 {
        // Taken apart without `..`: a new table must be judged here before it compiles.
        let Self {
            schema: _,
            day: _,
            timezone: _,
            revision: _,
            changed,
            status: _,
            posts,
            mood,
            headline: _,
            mood_per,
            mood_as_read,
            needs_checking,
            questions,
            by_lang,
            by_hashtag,
            by_source,
            hours,
            sites,
            repeated,
            claims,
            coverage: _,
            baselines: _,
            suggested,
            models: _,
            threshold: _,
            config_hash: _,
            data_hash: _,
            withheld,
        } = self;
        let mut gone = 0;
        if let Some(changed) = changed {
            changed.withhold(people);
        }
        // The day itself is a group: five posts of two people are a profile, not a mood.
        if posts.n > 0 && posts.authors < u64::from(people) {
            (*mood_as_read, *mood_per) = (None, MoodPer::default());
            gone += u32::from(mood.take().is_some()) + u32::from(needs_checking.take().is_some());
            for hour in hours.iter_mut() {
                hour.negative = None;
            }
        }
        // Nobody asking is a number like any other; a few who ask are a group.
        if questions.is_some_and(|asked| asked.n > 0 && asked.people < people) {
            *questions = None;
            gone += 1;
        }
        // A bar of one post at four in the morning is somebody's mood; how many posted is not.
        for hour in hours.iter_mut().filter(|hour| hour.n > 0 && hour.people < people) {
            gone += u32::from(hour.negative.take().is_some());
        }
        // Kinds are not people's attributes, but a single quote in a day points at its author just as well.
        gone += tallied(&mut posts.by_source, people) + tallied(&mut posts.by_lang, people);
        gone += tallied(&mut posts.by_kind, people);
        for groups in [by_lang, by_hashtag, by_source] {
            gone += keep(groups, |group| group.people >= people);
        }
        gone += keep(sites, |site| site.people >= people) + keep(suggested, |tag| tag.people >= people);
        gone += keep(repeated, |text| text.people >= people) + keep(claims, |claim| claim.people >= people);
        for ClaimDay { by_source, by_lang, .. } in claims {
            gone += tallied(by_source, people) + tallied(by_lang, people);
        }
        *withheld += gone;
        gone
    }
}

fn tallied(tallies: &mut Vec<Tally>, people: u32) -> u32 {
    keep(tallies, |tally| tally.people >= people)
}

/// Keeps what passes and says how many did not.
fn keep<T>(rows: &mut Vec<T>, passes: impl Fn(&T) -> bool) -> u32 {
    let before = rows.len();
    rows.retain(passes);
    u32::try_from(before - rows.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use crate::MoodPer;
    use crate::fixtures::{config, day, lake, posts};
    use polso_domain::Withhold;

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
        assert!(
            summary.mood.is_none()
                && summary.mood_per == MoodPer::default()
                && summary.by_lang.is_empty()
                && summary.hours[0].negative.is_none()
        );
        assert_eq!(summary.hours[0].n, hours[0].n, "how many posted is no secret");
    }
}
