//! One line on what a revision changed: how many posts came late, and where the negative share went.

use crate::Error;
use crate::words::Words;
use polso_aggregate::Revision;

/// The line, such as `Revision 2: 14 late posts; negative share 31 % → 32 %`.
pub(crate) fn line(revision: u32, changed: &Revision, words: &Words) -> Result<String, Error> {
    let mut what = Vec::with_capacity(changed.because.len() + 1);
    for reason in &changed.because {
        what.push(because(reason, changed, words)?);
    }
    if let (Some(before), Some(after)) = (changed.negative_before, changed.negative) {
        let share = words.rough(after);
        if before.to_bits() != after.to_bits() {
            let with = [("before", words.rough(before).into()), ("after", share.into())];
            what.push(words.with("revision-negative", &with)?);
        } else if changed.posts != changed.posts_before {
            // Other posts, and still the same share: worth knowing too.
            what.push(words.with("revision-negative-still", &[("share", share.into())])?);
        }
    }
    words.with("revision-line", &[("revision", revision.into()), ("what", what.join("; ").into())])
}

fn because(reason: &str, changed: &Revision, words: &Words) -> Result<String, Error> {
    let posts = changed.posts.abs_diff(changed.posts_before);
    let id = match reason {
        "late_posts" => return words.with("revision-late-posts", &[("n", posts.into())]),
        "fewer_posts" => return words.with("revision-fewer-posts", &[("n", posts.into())]),
        "edits" => "revision-edits",
        "claims" => "revision-claims",
        "coverage" => "revision-coverage",
        "reviews" => "revision-reviews",
        "model" => "revision-model",
        "settings" => "revision-settings",
        "days_before" => "revision-days-before",
        _ => return Ok(reason.to_owned()),
    };
    words.say(id)
}
