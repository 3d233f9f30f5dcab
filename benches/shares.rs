//! How far the estimated shares of moods are off, and how often their intervals hold the truth: `cargo bench --workspace
//! --bench shares -- [DAYS] [RESAMPLES] [LANG]` prints the table of `docs/method.md` as Markdown.
//!
//! DAYS (400) are simulated for each row, with RESAMPLES (500) draws each; LANG makes the held-out posts of one language
//! the world instead of all.

mod simulated;

use simulated::{Shift, Trial, World, false_alarms, tried};

/// What the names of the rows say.
const SHIFTS: [(&str, Shift); 3] =
    [("2 points", Shift::By(0.02)), ("8 points", Shift::By(0.08)), ("any", Shift::Uniform)];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let number = |place: usize, default: u32| args.get(place).map_or(Ok(default), |text| text.parse());
    let (days, resamples) = (number(0, 400)?, number(1, 500)?);
    let held_out =
        polso_classify::Bundle::validation_of(polso_classify::BUNDLED)?.ok_or("the model has no held-out posts")?;
    let world = World::of(&held_out, args.get(2).map(String::as_str));
    let trial = |shift: Shift, posts: usize, labelled: Option<usize>| Trial {
        shift,
        posts,
        labelled,
        resamples: if labelled.is_some() { resamples } else { 0 },
        days: days.into(),
    };
    println!("| shift | posts | labelled | counted | mean | error | error, mix | coverage | width |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for (name, shift) in SHIFTS {
        for posts in [500, 1_000, 5_000, 20_000] {
            for labelled in [Some(500), Some(2_000), None] {
                let outcome = tried(&world, trial(shift, posts, labelled)).ok_or("too few labelled posts")?;
                let points = [outcome.counted, outcome.mean, outcome.error, outcome.error_of_mix];
                let [counted, mean, error, of_mix] = points.map(|fraction| format!("{:.1}", 100.0 * fraction));
                let interval = match labelled {
                    Some(_) => format!("{:.1} % | {:.1}", 100.0 * outcome.coverage, 100.0 * outcome.width),
                    None => "| ".to_owned(),
                };
                let labelled = labelled.map_or_else(|| "all".to_owned(), |labelled| labelled.to_string());
                println!("| {name} | {posts} | {labelled} | {counted} | {mean} | {error} | {of_mix} | {interval} |");
            }
        }
    }
    println!("\n| posts | labelled | false alarms, errors of chance alone | false alarms, whole intervals |");
    println!("|---|---|---|---|");
    for posts in [1_000, 20_000] {
        for labelled in [500, 2_000] {
            let alarms = false_alarms(&world, trial(Shift::By(0.08), posts, Some(labelled)));
            let [chance, whole] = alarms.ok_or("too few labelled posts")?.map(|alarms| 100.0 * alarms);
            println!("| {posts} | {labelled} | {chance:.1} % | {whole:.1} % |");
        }
    }
    Ok(())
}
