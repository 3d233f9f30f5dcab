//! What a day's posts do with claims: how often each is repeated, denied or mentioned, by how many people and where.
//!
//! A post counts for every claim it was matched with. Which claims a report may speak of is not decided here.

use crate::groups::tallied;
use crate::scan::{Scan, each_item, hashed, numbers, texts};
use crate::{ClaimDay, sums};
use polars::prelude::*;
use polso_domain::Stance;
use polso_store::columns::name;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of one claim while its posts are counted.
#[derive(Default)]
struct Count {
    /// Posts by author.
    authors: BTreeMap<u64, u64>,
    texts: BTreeSet<u64>,
    stances: BTreeMap<String, u64>,
    /// Posts and authors by source and by language.
    sources: BTreeMap<String, (u64, BTreeSet<u64>)>,
    langs: BTreeMap<String, (u64, BTreeSet<u64>)>,
}

/// One post that speaks of one claim.
struct Said {
    claim: String,
    stance: String,
    author: u64,
    text: u64,
    source: String,
    lang: String,
}

/// The claims of a day, most posts first, then by id.
pub(crate) fn by_claim(scan: &Scan) -> Result<Vec<ClaimDay>, polso_store::Error> {
    let columns =
        [hashed(name::AUTHOR), col(name::TEXT_KEY), col(name::SOURCE), col(name::LANG), col(name::CLAIMS)].to_vec();
    let rows = each_item(scan.rows().select(columns), name::CLAIMS);
    let field = |of: &str| col(name::CLAIMS).struct_().field_by_name(of).alias(of);
    let frame = scan.collect(rows.with_columns([field("claim"), field("stance")]))?;
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for said in scan.read(&frame, read)? {
        counts.entry(said.claim.clone()).or_default().add(said);
    }
    let mut claims: Vec<ClaimDay> = counts.into_iter().map(|(claim, count)| count.summed(claim)).collect();
    claims.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.claim.cmp(&b.claim)));
    Ok(claims)
}

fn read(frame: &DataFrame) -> PolarsResult<Vec<Said>> {
    let (authors, keys) = (numbers(frame, name::AUTHOR)?, numbers(frame, name::TEXT_KEY)?);
    let (claims, stances) = (texts(frame, "claim")?, texts(frame, "stance")?);
    let (sources, langs) = (texts(frame, name::SOURCE)?, texts(frame, name::LANG)?);
    let words = claims.into_iter().zip(stances).zip(sources.into_iter().zip(langs));
    let said = words.zip(authors.into_iter().zip(keys));
    Ok(said
        .map(|(((claim, stance), (source, lang)), (author, text))| Said { claim, stance, author, text, source, lang })
        .collect())
}

impl Count {
    fn add(&mut self, said: Said) {
        *self.authors.entry(said.author).or_default() += 1;
        self.texts.insert(said.text);
        *self.stances.entry(said.stance).or_default() += 1;
        for (parts, key) in [(&mut self.sources, said.source), (&mut self.langs, said.lang)] {
            let (posts, people) = parts.entry(key).or_default();
            *posts += 1;
            people.insert(said.author);
        }
    }

    fn summed(self, claim: String) -> ClaimDay {
        let n: u64 = self.authors.values().sum();
        let squares: u64 = self.authors.values().map(|posts| posts * posts).sum();
        let stance = |stance: Stance| self.stances.get(stance.as_str()).copied().unwrap_or_default();
        let tallies = |parts: &BTreeMap<String, (u64, BTreeSet<u64>)>| {
            tallied(parts.iter().map(|(key, (posts, people))| (key.as_str(), *posts, small(people.len()))))
        };
        ClaimDay {
            n,
            unique_texts: self.texts.len() as u64,
            people: small(self.authors.len()),
            effective_authors: sums::rounded((n as f64).powi(2) / squares.max(1) as f64),
            repeats: stance(Stance::Repeats),
            rebuts: stance(Stance::Rebuts),
            mentions: stance(Stance::Mentions),
            by_source: tallies(&self.sources),
            by_lang: tallies(&self.langs),
            claim,
        }
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{day, lake, posts};
    use polso_domain::{ClaimId, ClaimMatch};

    #[test]
    fn posts_people_and_stances_of_each_claim() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        let mut rows = posts(today, 0..21);
        let found = |claim: &str, stance| ClaimMatch { claim: ClaimId::new(claim).unwrap(), stance, similarity: 0.5 };
        for (number, row) in rows.iter_mut().enumerate().take(14) {
            let stance = if number < 10 { Stance::Repeats } else { Stance::Rebuts };
            row.claims.push(found("sauna", stance));
        }
        rows[20].claims = vec![found("sauna", Stance::Mentions), found("aglio", Stance::Repeats)];
        lake.write_part(0, &rows).unwrap();
        let claims = by_claim(&Scan::of(&lake, today).unwrap()).unwrap();
        assert_eq!(
            claims.iter().map(|claim| (claim.claim.as_str(), claim.n)).collect::<Vec<_>>(),
            [("sauna", 15), ("aglio", 1)]
        );
        let sauna = &claims[0];
        assert_eq!((sauna.repeats, sauna.rebuts, sauna.mentions), (10, 4, 1));
        assert_eq!((sauna.people, sauna.unique_texts), (7, 5));
        // Six people with two posts, one with three.
        assert!((sauna.effective_authors - 225.0 / 33.0).abs() < 1e-5);
        assert_eq!(sauna.by_source.iter().map(|tally| tally.n).sum::<u64>(), 15);
        assert_eq!(sauna.by_lang[0].key, "it");
    }

    #[test]
    fn a_day_without_claims_has_none() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        lake.write_part(0, &posts(today, 0..9)).unwrap();
        assert!(by_claim(&Scan::of(&lake, today).unwrap()).unwrap().is_empty());
    }
}
