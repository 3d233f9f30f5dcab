//! Stored answers as the statistics want them.

use super::population::mood;
use polso_aggregate::{Judged, Reviewed};
use polso_desk::{ModelAnswer, Review, Task};
use polso_domain::{ClaimId, Stance};
use polso_store::Scored;
use std::collections::BTreeMap;

/// Posts that a figure needs behind it.
pub(crate) const LEAST: usize = 20;

/// Who cannot say has not answered.
const UNSURE: &str = "unsure";

/// What the model says of a post now; of a claim that it no longer finds there, nothing.
pub(crate) fn said(post: &Scored, claim: Option<&ClaimId>) -> ModelAnswer {
    let stance = post.claims.iter().find(|found| Some(&found.claim) == claim).map(|found| found.stance);
    ModelAnswer {
        sentiment: Some(post.sentiment),
        needs_checking: post.needs_checking,
        question: post.question,
        stance,
    }
}

/// Answers beside what the model said, without those of who was unsure. A post needs checking from `threshold` on.
pub(crate) fn judged(reviews: &[Review], threshold: f32) -> Vec<Judged> {
    let word = |yes: bool| if yes { "yes" } else { "no" };
    let called = |review: &Review| match review.task {
        Task::Sentiment => review.said.sentiment.map(mood),
        Task::NeedsChecking => review.said.needs_checking.map(|share| word(share >= threshold)),
        Task::Question => review.said.question.map(word),
        Task::Stance => review.said.stance.map(Stance::as_str),
    };
    let judged = |review: &Review| Judged {
        task: review.task.as_str().to_owned(),
        lang: review.lang.clone(),
        post: key(review),
        reviewer: review.reviewer.clone(),
        label: review.value.clone(),
        called: called(review).map(str::to_owned),
        weight: review.weight,
    };
    reviews.iter().filter(|review| review.value != UNSURE).map(judged).collect()
}

fn key(review: &Review) -> String {
    let claim = review.about.as_ref().map_or("", ClaimId::as_str);
    format!("{}\n{}\n{claim}", review.source, review.post.as_str())
}

/// What people said of each post's mood: of several answers each counts the same. What `model` said stands beside it; of
/// what another said, nothing.
pub(crate) fn moods(reviews: &[Review], model: &str) -> Vec<Reviewed> {
    let mut posts: BTreeMap<(&str, &str), (Reviewed, f64)> = BTreeMap::new();
    for review in reviews.iter().filter(|review| review.task == Task::Sentiment) {
        let Some(label) = Task::Sentiment.labels()[..3].iter().position(|label| *label == review.value) else {
            continue;
        };
        let none = || Reviewed {
            day: review.day,
            source: review.source.clone(),
            post: review.post.clone(),
            lang: review.lang.clone(),
            mood: [0.0; 3],
            said: review.said.sentiment.filter(|_| review.model == model).map(|said| said.map(f64::from)),
            stratum: review.stratum.clone(),
            weight: review.weight,
        };
        let (post, answers) =
            posts.entry((review.source.as_str(), review.post.as_str())).or_insert_with(|| (none(), 0.0));
        post.mood[label] += 1.0;
        *answers += 1.0;
    }
    posts.into_values().map(|(post, answers)| Reviewed { mood: post.mood.map(|hits| hits / answers), ..post }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use polso_domain::{AuthorKey, Day, PostId, SourceId};

    fn review(reviewer: &str, value: &str) -> Review {
        Review {
            source: SourceId::new("twitter").unwrap(),
            post: PostId::new("1"),
            author: AuthorKey::new([1; 16]),
            day: Day::from_epoch_days(18_336),
            lang: "it".into(),
            reviewer: reviewer.into(),
            task: Task::Sentiment,
            about: None,
            value: value.into(),
            said: ModelAnswer { sentiment: Some([0.25, 0.5, 0.25]), ..ModelAnswer::default() },
            model: "tiny".into(),
            stratum: "it".into(),
            weight: 3.0,
        }
    }

    #[test]
    fn two_who_disagree_count_half_each_and_who_is_unsure_does_not_count() {
        let reviews = [review("r1", "negative"), review("r2", "neutral"), review("r3", UNSURE)];
        let mood = moods(&reviews, "tiny")[0].mood;
        assert!(mood.iter().zip([0.5, 0.5, 0.0]).all(|(found, share)| (found - share).abs() < 1e-9), "{mood:?}");
        assert!(moods(&reviews[2..], "tiny").is_empty());
        assert_eq!(moods(&reviews, "tiny")[0].said, Some([0.25, 0.5, 0.25]));
        assert_eq!(moods(&reviews, "other")[0].said, None);
        let judged = judged(&reviews, 0.5);
        assert_eq!(judged.len(), 2);
        assert_eq!((judged[0].called.as_deref(), judged[0].label.as_str()), (Some("neutral"), "negative"));
    }
}
