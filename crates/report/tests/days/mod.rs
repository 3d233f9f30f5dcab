//! Four synthetic days: full, partial, empty and too small, and what goes round on them. Nobody wrote these posts.

pub(crate) mod beside;
pub(crate) mod rumours;
pub(crate) mod spikes;

use polso_aggregate::{
    Baseline, Change, Counted, Coverage, DaySummary, Group, Headline, Hour, Mood, MoodPer, Repeated, Revision, SCHEMA,
    Share, Status, Suggestion, Tally, Verdict, Volume,
};
use polso_domain::Day;

/// A day on which everything happened.
pub(crate) fn full() -> DaySummary {
    let (mood, mood_of) = (mood(0.384, 0.018, 11_902), mood);
    DaySummary {
        schema: SCHEMA.to_owned(),
        day: Day::from_epoch_days(18_330), // 9 March 2020, a Monday
        timezone: "Europe/Rome".to_owned(),
        revision: 2,
        changed: Some(Revision {
            posts_before: 12_466,
            posts: 12_480,
            people: 3_899,
            negative_before: Some(0.37),
            negative: Some(0.38),
            because: vec!["late_posts".to_owned()],
        }),
        status: Status::Complete,
        posts: volume(),
        mood: Some(mood.clone()),
        headline: Headline::Posts,
        mood_per: MoodPer {
            post: Some(mood),
            text: Some(mood_of(0.351, 0.024, 7_480)),
            author: Some(mood_of(0.362, 0.021, 3_904)),
        },
        mood_as_read: None,
        needs_checking: Some(around(0.087, 0.009)),
        questions: None,
        by_lang: vec![group("it", 8_120, 2_430, 0.421), group("fi", 2_610, 911, 0.291), group("en", 1_402, 502, 0.322)],
        by_hashtag: hashtags(),
        by_source: vec![group("twitter", 9_204, 2_802, 0.401), group("mastodon.social", 3_276, 1_102, 0.335)],
        hours: hours(),
        sites: vec![counted("example.org", 310, 402), counted("news_of|the-day.example.net", 96, 120)],
        repeated: repeated(),
        claims: vec![],
        coverage: vec![coverage("mastodon.social", 0, "heard"), coverage("twitter", 0, "heard")],
        baselines: vec![
            baseline(7, 7),
            Baseline { withheld_because: Some("too_few_days".to_owned()), ..baseline(28, 9) },
        ],
        suggested: vec![
            Suggestion { key: "balconi".to_owned(), n: 214, people: 180, usual: 3.4 },
            Suggestion { key: "mascherine".to_owned(), n: 96, people: 71, usual: 21.0 },
        ],
        models: vec!["polso-mini-2".to_owned()],
        threshold: 0.6,
        config_hash: "5d41402abc4b2a76b9719d911017c592".to_owned(),
        data_hash: "7d793037a0760186574b0282f2f435e7".to_owned(),
        withheld: 0,
    }
}

/// The same day with an outage, a door that was shut and one that nobody knocked at.
pub(crate) fn partial() -> DaySummary {
    let mut day = full();
    day.status = Status::Partial;
    (day.revision, day.changed) = (1, None);
    day.coverage = vec![
        Coverage { asked: 144, answered: 96, ..coverage("mastodon.social", 190, "failed") },
        Coverage { kept: 0, ..coverage("mastodon.uno", 1_440, "closed") },
        Coverage { asked: 0, answered: 0, kept: 0, ..coverage("bluesky", 1_440, "not_asked") },
        Coverage { kept: 0, ..coverage("blog.example", 0, "no_posts") },
        coverage("twitter", 0, "heard"),
    ];
    for hour in &mut day.hours[13..17] {
        hour.minutes_missed = if hour.hour == 16 { 10 } else { 60 };
        hour.n /= 3;
        hour.negative = hour.negative.map(|negative| negative / 3);
    }
    for baseline in &mut day.baselines {
        let withheld = Change { difference: around(0.0, 0.0), verdict: Verdict::Withheld };
        baseline.balance_change = withheld;
        baseline.negative_change = withheld;
        baseline.needs_checking_change = withheld;
        baseline.withheld_because = Some("low_coverage".to_owned());
    }
    day
}

/// A day on which no source was heard.
pub(crate) fn empty() -> DaySummary {
    let mut day = full();
    day.status = Status::NoData;
    (day.revision, day.changed) = (1, None);
    let silent = Volume { by_kind: vec![], by_source: vec![], by_lang: vec![], ..volume() };
    day.posts = Volume {
        n: 0,
        unique_texts: 0,
        authors: 0,
        effective_authors: 0.0,
        scored: 0,
        unsupported_language: 0,
        too_short: 0,
        failed: 0,
        truncated: 0,
        ..silent
    };
    day.mood = None;
    day.needs_checking = None;
    for groups in [&mut day.by_lang, &mut day.by_hashtag, &mut day.by_source] {
        groups.clear();
    }
    day.sites.clear();
    day.repeated.clear();
    day.baselines.clear();
    day.suggested.clear();
    day.models.clear();
    day.hours = (0..24).map(|hour| Hour { hour, n: 0, people: 0, negative: Some(0), minutes_missed: 60 }).collect();
    day.coverage = ["mastodon.social", "twitter"]
        .map(|name| Coverage { kept: 0, answered: 0, ..coverage(name, 1_440, "failed") })
        .to_vec();
    day
}

/// A day of a single post.
pub(crate) fn single() -> DaySummary {
    let mut day = small();
    (day.posts.n, day.posts.unique_texts, day.posts.authors, day.posts.scored) = (1, 1, 1, 1);
    day.posts.effective_authors = 1.0;
    day.hours.iter_mut().for_each(|hour| {
        (hour.n, hour.people, hour.negative) = (u64::from(hour.hour == 9), u32::from(hour.hour == 9), None);
    });
    for tallies in [&mut day.posts.by_kind, &mut day.posts.by_source, &mut day.posts.by_lang] {
        tallies.clear();
    }
    day
}

/// A day of fifty thousand posts.
pub(crate) fn crowded() -> DaySummary {
    let mut day = full();
    for n in [&mut day.posts.n, &mut day.posts.unique_texts, &mut day.posts.authors, &mut day.posts.scored] {
        *n *= 4;
    }
    day.posts.effective_authors *= 4.0;
    day.hours.iter_mut().for_each(|hour| (hour.n, hour.negative) = (hour.n * 4, hour.negative.map(|n| n * 4)));
    for group in day.by_lang.iter_mut().chain(&mut day.by_hashtag).chain(&mut day.by_source) {
        (group.n, group.people) = (group.n * 4, group.people * 4);
    }
    day
}

/// The four weeks before a day: a restless mood, one day of silence and one on which nobody asked.
pub(crate) fn weeks(today: &DaySummary) -> impl Iterator<Item = DaySummary> {
    let today = today.day;
    (1_i32..28).filter(|back| *back != 9).map(move |back| {
        let moved = f64::from((back * 5) % 7) / 100.0;
        let day = if back == 16 { empty() } else { full() };
        let mood = day.mood.as_ref().map(|_| mood(0.30 + moved, 0.02, 9_000));
        let posts = Volume { n: day.posts.n - day.posts.n / 90 * u64::from(back.unsigned_abs()), ..day.posts.clone() };
        DaySummary { day: today.plus(-back), mood, posts, ..day }
    })
}

/// A day of three people: the gate lets almost nothing through.
pub(crate) fn small() -> DaySummary {
    let mut day = full();
    (day.revision, day.changed) = (1, None);
    day.posts.n = 7;
    day.posts.unique_texts = 7;
    day.posts.authors = 3;
    day.posts.effective_authors = 2.3;
    day.posts.scored = 7;
    for left_out in
        [&mut day.posts.unsupported_language, &mut day.posts.too_short, &mut day.posts.failed, &mut day.posts.truncated]
    {
        *left_out = 0;
    }
    for tallies in [&mut day.posts.by_kind, &mut day.posts.by_source, &mut day.posts.by_lang] {
        for tally in tallies {
            tally.people = 3;
        }
    }
    day.suggested.clear();
    for groups in [&mut day.by_lang, &mut day.by_hashtag, &mut day.by_source] {
        groups.truncate(1);
        for group in groups {
            (group.n, group.people) = (7, 3);
        }
    }
    day.sites.iter_mut().for_each(|site| site.people = 1);
    day.repeated.iter_mut().for_each(|text| text.people = 1);
    day.hours.iter_mut().for_each(|hour| {
        (hour.n, hour.people, hour.negative) = (u64::from(hour.hour == 9) * 7, u32::from(hour.hour == 9) * 3, Some(3));
    });
    day
}

fn around(share: f64, half: f64) -> Share {
    Share { share, low: share - half, high: share + half }
}

fn mood(negative: f64, half: f64, n: u64) -> Mood {
    let positive = 0.6 * (1.0 - negative) - 0.12;
    Mood {
        negative: around(negative, half),
        neutral: around(1.0 - negative - positive, half),
        positive: around(positive, half),
        balance: around(positive - negative, 1.6 * half),
        n,
        method: "SLD (expectation-maximisation), adjusted by labelled posts; bootstrap over authors and labelled posts"
            .to_owned(),
        chance: None,
    }
}

fn group(key: &str, n: u64, people: u32, negative: f64) -> Group {
    let half = 0.9 / f64::from(people).sqrt();
    Group {
        key: key.to_owned(),
        n,
        people,
        mood: Some(mood(negative, half, n * 19 / 20)),
        needs_checking: Some(around(negative / 4.0, half / 3.0)),
    }
}

fn hashtags() -> Vec<Group> {
    let mut groups = vec![
        group("iorestoacasa", 4_803, 1_720, 0.302),
        group("coronavirus", 3_911, 1_544, 0.402),
        group("quarantena", 1_204, 480, 0.552),
        group("faktaakoronasta", 980, 402, 0.221),
    ];
    groups.push(Group { mood: None, needs_checking: None, ..group("covid2019", 44, 31, 0.4) });
    groups
}

fn volume() -> Volume {
    let tally = |key: &str, n, people| Tally { key: key.to_owned(), n, people };
    Volume {
        n: 12_480,
        unique_texts: 7_318,
        authors: 3_904,
        effective_authors: 2_210.4,
        scored: 11_902,
        unsupported_language: 402,
        too_short: 166,
        failed: 10,
        truncated: 51,
        by_kind: vec![tally("repost", 6_002, 2_404), tally("original", 5_120, 2_203), tally("reply", 1_358, 640)],
        by_source: vec![tally("twitter", 9_204, 2_802), tally("mastodon.social", 3_276, 1_102)],
        by_lang: vec![
            tally("it", 8_120, 2_430),
            tally("fi", 2_610, 911),
            tally("en", 1_402, 502),
            tally("und", 348, 202),
        ],
    }
}

fn hours() -> Vec<Hour> {
    const POSTS: [u64; 24] = [
        210, 120, 80, 44, 40, 62, 148, 320, 512, 588, 610, 640, 702, 731, 688, 640, 655, 720, 840, 930, 1_020, 1_204,
        790, 386,
    ];
    let hour = |(hour, n): (u8, &u64)| Hour {
        hour,
        n: *n,
        people: u32::try_from(n / 2).unwrap_or(u32::MAX),
        negative: Some(n * (30 + u64::from(hour)) / 100),
        minutes_missed: 0,
    };
    (0..24).zip(&POSTS).map(hour).collect()
}

fn repeated() -> Vec<Repeated> {
    let text = |text: &str, lang: &str, people, checking: Option<f32>| Repeated {
        text: text.to_owned(),
        lang: lang.to_owned(),
        n: u64::from(people) * 3 / 2,
        people,
        negative: checking.map(|_| 0.4),
        needs_checking: checking,
        claims: Vec::new(),
    };
    vec![
        text("Restiamo a casa, andrà tutto bene #iorestoacasa", "it", 212, Some(0.07)),
        text(
            "Un medico di un ospedale del nord dice che bere acqua calda ogni quindici minuti elimina il virus: fate girare!",
            "it",
            64,
            Some(0.82),
        ),
        text(
            "5 | 6 <script>alert(1)</script> & \"quoted\" `code` [click](https://example.org)\n# not a heading",
            "en",
            12,
            Some(0.31),
        ),
        text("Pese kädet ja pysy kotona", "fi", 9, Some(0.04)),
        text("👏👏👏", "und", 8, None),
    ]
}

fn counted(key: &str, people: u32, n: u64) -> Counted {
    Counted { key: key.to_owned(), n, people }
}

fn coverage(source: &str, minutes_missed: u32, state: &str) -> Coverage {
    Coverage {
        source: source.to_owned(),
        asked: 144,
        answered: 144,
        kept: 3_276,
        set_aside: 12,
        minutes_missed,
        state: state.to_owned(),
    }
}

fn baseline(window: u32, days: u32) -> Baseline {
    Baseline {
        window,
        days,
        posts: 9_815.4,
        negative: 0.331,
        neutral: 0.412,
        positive: 0.257,
        needs_checking: 0.081,
        balance_change: Change { difference: around(-0.08, 0.031), verdict: Verdict::Down },
        negative_change: Change { difference: around(0.053, 0.024), verdict: Verdict::Up },
        needs_checking_change: Change { difference: around(0.006, 0.011), verdict: Verdict::NoRealChange },
        withheld_because: None,
    }
}
