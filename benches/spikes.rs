//! How often the rule for spikes errs, and what it finds, on invented days whose truth is known.
//!
//! `cargo bench --workspace --bench spikes -- SERIES` (20,000 if nothing is said) prints the table of `docs/alerts.md`:
//! the share of quiet days that are flagged, and the share of bursts of which at least one day is, beside what EARS
//! says of the same days. A fast version with bounds is a test, `crates/alert/tests/spikes.rs`.

#![expect(clippy::print_stdout, reason = "a bench prints")]

#[path = "../crates/alert/tests/simulated/mod.rs"]
mod simulated;

use polso_alert::detect::Config;
use simulated::{BURST, Life, Says, c1_found, false_alarms, found};

fn main() {
    let series = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(20_000_u32);
    let config = Config::default();
    println!(
        "| days | flagged when quiet | C1 | C2 | C3 | bursts found | C1 | C2 | C3 | C1 at 0.005 | short | single |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (name, life) in lives() {
        let Says { cusum, ears: [c1, c2, c3] } = false_alarms(&life, (series, 7), &config);
        let caught = |burst: (f64, i32), seed: u64| found(&life, burst, (series / 10, seed), &config);
        let Says { cusum: long, ears: [e1, e2, e3] } = caught((2.0, BURST), 9);
        let equal = c1_found(&life, 2.0, (series / 2, 15));
        let (short, single) = (caught((3.0, 3), 11).cusum, caught((6.0, 1), 13).cusum);
        print!("| {name} | {cusum:.4} | {c1:.3} | {c2:.3} | {c3:.3} | {long:.2} | {e1:.2} | {e2:.2} | {e3:.2} ");
        println!("| {equal:.2} | {short:.2} | {single:.2} |");
    }
}

/// The rows of the table.
fn lives() -> Vec<(String, Life)> {
    let mut lives = Vec::new();
    for mean in [0.3, 2.0, 10.0, 50.0, 400.0] {
        for dispersion in [0.0, 0.1, 0.5] {
            lives.push((format!("{mean} a day, dispersion {dispersion}"), Life::count(mean, dispersion)));
        }
    }
    let usual = Life::count(20.0, 0.1);
    let named = [
        ("20 a day, dispersion 1", Life::count(20.0, 1.0)),
        ("20 a day, weekends half", Life { weekend: 0.5, ..usual }),
        ("20 a day, three of ten days missing", Life { missing: 0.3, ..usual }),
        ("20 a day, six of ten days missing", Life { missing: 0.6, ..usual }),
        ("5 a day, fewer than 5 withheld", Life { floor: 4.0, ..Life::count(5.0, 0.1) }),
        ("5 a day, dispersion 0.5, fewer than 5 withheld", Life { floor: 4.0, ..Life::count(5.0, 0.5) }),
        ("share 0.3 of 5", Life::share(0.3, 0.02, 5.0)),
        ("share 0.3 of 50", Life::share(0.3, 0.02, 50.0)),
        ("share 0.3 of 50, weekends half", Life { weekend: 0.5, ..Life::share(0.3, 0.02, 50.0) }),
        ("share 0.3 of 400", Life::share(0.3, 0.02, 400.0)),
        ("share 0.05 of 50", Life::share(0.05, 0.02, 50.0)),
        ("20 a day, growing 0.2 % a day", Life { drift: 1.002, ..usual }),
        ("20 a day, growing 0.5 % a day", Life { drift: 1.005, ..usual }),
        ("20 a day, growing 1 % a day", Life { drift: 1.01, ..usual }),
    ];
    lives.extend(named.map(|(name, life)| (name.to_owned(), life)));
    lives
}
