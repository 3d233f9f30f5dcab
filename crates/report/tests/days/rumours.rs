//! A synthetic rumour log and reviewed labels. Nobody believes any of this, and nobody reviewed it.

use polso_aggregate::Share;
use polso_domain::{
    Claim, ClaimId, ClaimKind, Day, LogChange, QuestionLine, RumourLine, RumourLog, Timestamp, Topic, Verdict, Wording,
};
use polso_report::Quality;

/// Words that only stand in lines that are counted: they must be nowhere in a report.
pub(crate) const COUNTED: [&str; 8] = [
    "Banana peel",
    "La buccia di banana",
    "bananenschale",
    "Peel is for the compost",
    "ombrelli gialli",
    "gialloquattro",
    "Yellow umbrellas",
    "umbrella hotline",
];
/// What the told rumours say, and the posts behind them.
pub(crate) const PHRASINGS: [&str; 2] = ["my neighbour swears by hot tea", "gira un audio sulla farina"];

fn day() -> Day {
    Day::from_epoch_days(18_330)
}

fn id(id: &str) -> ClaimId {
    ClaimId::new(id).unwrap_or_else(|| panic!("`{id}`"))
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn wording(lang: &str, text: &str, answer: Option<&str>) -> Wording {
    Wording {
        lang: lang.to_owned(),
        text: text.to_owned(),
        answer: answer.map(str::to_owned),
        phrasings: owned(&PHRASINGS),
    }
}

fn claim(name: &str, kind: ClaimKind, wordings: Vec<Wording>) -> Claim {
    Claim {
        id: id(name),
        kind,
        verdict: Verdict::False,
        topic: Some(Topic::Treatment),
        link: Some(format!("https://www.salute.example/risposte?id={name}")),
        publisher: Some("salute.example".to_owned()),
        since: Some(day().plus(-20)),
        withdrawn: false,
        wordings,
    }
}

fn tea() -> Claim {
    let answer = (
        "Le bevande calde non eliminano il virus. Bere è sano, ma protegge chi si lava le mani e sta a distanza.",
        "Hot drinks do not clear the virus. Drinking is healthy, but what protects is clean hands and distance.",
        "Kuumat juomat eivät poista virusta. Juominen on terveellistä, mutta suojaavat puhtaat kädet ja etäisyys.",
    );
    claim(
        "hot-tea-clears-virus",
        ClaimKind::Rumour,
        vec![
            wording("it", "Bere tè caldo ogni quarto d’ora elimina il virus", Some(answer.0)),
            wording("en", "Drinking hot tea every quarter of an hour clears the virus", Some(answer.1)),
            wording("fi", "Kuuman teen juominen vartin välein poistaa viruksen", Some(answer.2)),
        ],
    )
}

/// Answered in English alone, with markup where words should be.
fn shops() -> Claim {
    let text = "Shops <script>alert(2)</script> will close | for *good* [here](http://e.example)";
    Claim {
        verdict: Verdict::MostlyFalse,
        topic: Some(Topic::Intervention),
        ..claim(
            "shops-close-for-good",
            ClaimKind::Rumour,
            vec![wording("en", text, Some("Food shops stay <b>open</b>."))],
        )
    }
}

/// Checked elsewhere: a verdict in words of their own and a link, but no answer of ours.
fn checked_elsewhere() -> Claim {
    Claim {
        verdict: Verdict::Other("Bufala <i>pericolosa</i>".to_owned()),
        publisher: Some("fatti.example".to_owned()),
        link: Some("https://fatti.example/2020/03/farina".to_owned()),
        topic: Some(Topic::Information),
        ..claim(
            "flour-runs-out",
            ClaimKind::Rumour,
            vec![wording("it", "La farina sta finendo in tutta la regione", None)],
        )
    }
}

fn narrative() -> Claim {
    Claim {
        verdict: Verdict::Unproven,
        topic: None,
        link: None,
        publisher: None,
        // A narrative's wordings are posts.
        ..claim(
            "n-2020-03-09-4f1c",
            ClaimKind::Narrative,
            vec![wording("it", "post mai mostrato sulle autoambulanze", None)],
        )
    }
}

fn banana() -> Claim {
    let wordings = vec![
        wording("en", "Banana peel heals the lungs", Some("Peel is for the compost.")),
        wording("it", "La buccia di banana guarisce i polmoni", None),
    ];
    Claim {
        verdict: Verdict::Other("Bananenschale hilft nicht".to_owned()),
        ..claim("banana-peel-heals", ClaimKind::Rumour, wordings)
    }
}

fn umbrellas() -> Claim {
    Claim {
        verdict: Verdict::Unproven,
        topic: None,
        link: Some("https://umbrella-hotline.example/yellow".to_owned()),
        publisher: None,
        ..claim(
            "n-2020-03-08-77aa",
            ClaimKind::Narrative,
            vec![wording("en", "Yellow umbrellas mark the infected", None)],
        )
    }
}

fn line(claim: Claim, people: u32, graded: (&str, &str, &str)) -> RumourLine {
    let (risk, level, trend) = graded;
    let posts = u64::from(people) * 8 / 5;
    let sides = posts * 4 / 5;
    let history = (0_u64..28).map(|i| (i >= 16).then(|| (i - 15) * (posts - sides / 5) / 12)).collect();
    RumourLine {
        claim,
        words: vec![],
        first_seen: day().plus(-11),
        status: "open".to_owned(),
        decided: None,
        action: None,
        result: None,
        posts,
        unique_texts: posts / 3,
        people,
        effective_authors: f64::from(people) * 0.7,
        repeats: sides - sides / 5,
        rebuts: sides / 5,
        mentions: posts - sides,
        by_source: vec![("twitter".to_owned(), posts - posts / 4), ("mastodon.social".to_owned(), posts / 4)],
        by_lang: vec![("it".to_owned(), posts - posts / 6), ("en".to_owned(), posts / 6)],
        history,
        risk: risk.to_owned(),
        level: level.to_owned(),
        trend: trend.to_owned(),
        velocity: Some((2.31, 1.92, 2.78)),
        because: vec![
            format!("circulating.posts {posts} 20"),
            format!("wide.people {people} 100"),
            "growth.rising 1.92 1.5".to_owned(),
        ],
        by_person: false,
    }
}

/// To be answered directly: rising, with holes in what was heard.
fn direct() -> RumourLine {
    let sources = [
        ("twitter", 200),
        ("mastodon.social", 90),
        ("mastodon.uno", 50),
        ("lemmy.example", 30),
        ("blog.example", 20),
        ("bluesky", 6),
        ("forum.example", 4),
    ];
    // Oldest first; -1 stands for a day that was not heard.
    let history = [
        -1, -1, 0, 0, 2, 3, -1, 6, 4, 9, 12, 40, 31, 44, 52, 60, -1, -1, 75, 88, 90, 110, 130, 170, 220, 240, 290, 336,
    ];
    RumourLine {
        first_seen: day().plus(-23),
        by_source: sources.map(|(name, n)| (name.to_owned(), n)).to_vec(),
        history: history.map(|n: i64| u64::try_from(n).ok()).to_vec(),
        ..line(tea(), 250, ("high", "direct", "rising"))
    }
}

/// Answered by a person, who saw the risk otherwise than the rules.
fn answered() -> RumourLine {
    RumourLine {
        velocity: Some((1.06, 0.84, 1.33)),
        because: owned(&["circulating.posts 140 20", "not_wide", "wide.people 88 100", "verdict serious"]),
        status: "answered".to_owned(),
        decided: Some(("mk".to_owned(), Timestamp::from_millis(1_583_745_000_000))),
        action: Some("Read the opening hours out on the radio <b>twice</b>".to_owned()),
        result: Some("Fewer calls to the town hall".to_owned()),
        by_person: true,
        ..line(shops(), 88, ("medium", "passive", "steady"))
    }
}

/// New today, matches nothing known, answered by nobody.
fn unanswered() -> RumourLine {
    RumourLine {
        first_seen: day(),
        words: owned(&["ambulanze", "di", "notte", "|rubate|", "<b>sirene</b>"]),
        velocity: None,
        history: vec![Some(97)],
        because: owned(&["circulates", "needs_checking 0.71 0.6", "moon_phase 3 4", "unanswered"]),
        ..line(narrative(), 61, ("medium", "passive", "new"))
    }
}

/// What went round: one to answer directly, three to answer without naming, two only counted, one behind too few people.
pub(crate) fn log() -> RumourLog {
    let sudden = RumourLine {
        velocity: Some((f64::INFINITY, 5.2, f64::INFINITY)),
        ..line(checked_elsewhere(), 40, ("medium", "passive", "rising"))
    };
    let few = RumourLine {
        words: owned(&["ombrelli gialli", "gialloquattro"]),
        action: Some("Call the umbrella hotline".to_owned()),
        ..line(umbrellas(), 9, ("low", "ignore", "falling"))
    };
    let four = claim("seen-by-four", ClaimKind::Rumour, vec![wording("en", "Four saw it", None)]);
    let rules = [
        ("circulating.posts", 20.0),
        ("circulating.people", 10.0),
        ("wide.people", 100.0),
        ("wide.share_of_day", 0.01),
        ("growth.rising", 1.5),
    ];
    RumourLog {
        rumours: vec![
            direct(),
            answered(),
            unanswered(),
            sudden,
            line(banana(), 14, ("low", "ignore", "falling")),
            few,
            line(four, 4, ("high", "direct", "new")),
        ],
        questions: questions(),
        changes: changes(),
        rules: rules.map(|(name, value)| (name.to_owned(), value)).to_vec(),
        withheld: 0,
    }
}

fn questions() -> Vec<QuestionLine> {
    let question = |name: &str, words: &[&str], people, answer| QuestionLine {
        claim: id(name),
        words: owned(words),
        posts: u64::from(people) + 7,
        people,
        first_seen: day().plus(-2),
        trend: "rising".to_owned(),
        answer,
        to_be_confirmed: false,
    };
    let fact = Claim {
        verdict: Verdict::True,
        topic: Some(Topic::Intervention),
        ..claim(
            "walks-allowed",
            ClaimKind::Fact,
            vec![wording("it", "Si può uscire a camminare vicino a casa, da soli.", None)],
        )
    };
    vec![
        question("walks-allowed", &[], 130, Some(fact.clone())),
        QuestionLine {
            to_be_confirmed: true,
            ..question("q-2020-03-08-14", &["parco", "correre", "soli"], 41, Some(fact))
        },
        question("q-2020-03-07-11", &["tamponi", "dove", "farmacia"], 74, None),
        question("q-2020-03-09-12", &["scuola", "riapre", "<u>quando</u>"], 31, None),
        question("q-2020-03-09-13", &["asked", "by", "three"], 3, None),
    ]
}

fn changes() -> Vec<LogChange> {
    let change = |claim: Claim, field: &str, (before, after): (&str, &str), who: &str| LogChange {
        claim,
        field: field.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
        who: who.to_owned(),
    };
    vec![
        change(narrative(), "opened", ("", "open"), "rules"),
        change(umbrellas(), "opened", ("", "open"), "rules"),
        change(umbrellas(), "action", ("", "Call the umbrella hotline"), "mk"),
        change(tea(), "risk", ("medium", "high"), "rules"),
        change(shops(), "status", ("open", "answered"), "mk"),
        change(shops(), "action", ("", "Read the opening hours out on the radio <b>twice</b>"), "mk"),
        change(checked_elsewhere(), "status", ("open", "closed"), "ab"),
        change(banana(), "level", ("passive", "ignore"), "ab"),
    ]
}

/// Reviewed labels of three tasks.
pub(crate) fn quality() -> Vec<Quality> {
    let around = |share: f64, half: f64| Share { share, low: share - half, high: share + half };
    let row = |task: &str, lang: &str, label: &str, n: u64| Quality {
        task: task.to_owned(),
        lang: lang.to_owned(),
        label: label.to_owned(),
        n,
        precision: (n >= 20).then(|| around(0.78, 0.06)),
        recall: (n >= 20).then(|| around(0.71, 0.07)),
        kappa: label.is_empty().then(|| around(0.62, 0.08)),
        between_reviewers: (label.is_empty() && n > 200).then(|| around(0.74, 0.05)),
        since: day().plus(-6),
        upto: day(),
    };
    vec![
        row("sentiment", "it", "negative", 88),
        row("sentiment", "it", "positive", 41),
        row("sentiment", "", "", 240),
        row("needs_checking", "it", "yes", 36),
        row("needs_checking", "fi", "yes", 11),
        row("stance", "", "rebuts", 24),
    ]
}
