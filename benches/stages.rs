//! How fast each stage is. `benches/README.md` has the figures with the machine they were measured on.
//!
//! What each should show: that importing is bound by parsing and the disk's flush, that classifying costs little more
//! than the bare engine on the same batches, and that copies cost next to nothing.

#![expect(clippy::unwrap_used, reason = "a bench that cannot run should stop")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use polso_aggregate::{Config as AggregateConfig, Headline, LabelledPost, Validation};
use polso_classify::{Bundle, Classifier, Config, Engine, Lang, RtenEngine, Text, TokenBatch};
use polso_collect::{Import, Row};
use polso_domain::{AuthorKey, Event, Observation, PostId, SourceId, TextKey, Timestamp, Zone};
use polso_privacy::{Gate, Key};
use polso_store::Lake;
use polso_stream::{Batch, Stream};
use std::hint::black_box;
use std::path::Path;

const SEEDS: &str = include_str!("../seeds/posts.jsonl");
const NOW: i64 = 1_600_000_000_000;

fn rows() -> Vec<Row> {
    let import = Import::new(Timestamp::from_millis(NOW));
    let reader = polso_collect::rows(SEEDS.as_bytes(), &import, Path::new("seeds")).unwrap();
    reader.map(Result::unwrap).collect()
}

fn events() -> Vec<Event> {
    let gate = Gate::new(Key::new([7; 32]));
    let admitted = rows().into_iter().filter_map(|row| match row {
        Row::Event(event) => Some(gate.admit(event, Timestamp::from_millis(NOW))),
        _ => None,
    });
    admitted.collect()
}

fn texts() -> Vec<String> {
    let mut texts: Vec<String> = events()
        .into_iter()
        .filter_map(|event| match event {
            Event::Post(post) => Some(post.text),
            Event::Delete(_) | Event::Gone(_) => None,
        })
        .collect();
    texts.sort();
    texts.dedup();
    texts.truncate(512);
    texts
}

fn importing(c: &mut Criterion) {
    let mut group = c.benchmark_group("import");
    group.throughput(Throughput::Elements(SEEDS.lines().count() as u64));
    group.bench_function("read", |b| b.iter(|| black_box(rows()).len()));
    group.bench_function("read and admit", |b| b.iter(|| black_box(events()).len()));
    let events = events();
    group.bench_function("append to the stream", |b| {
        b.iter_batched(
            || (tempfile::tempdir().unwrap(), Batch { events: events.clone(), ..Batch::default() }),
            |(dir, batch)| {
                let mut stream = Stream::open(&dir.path().join("polso.db")).unwrap();
                stream.append(&batch).unwrap();
                dir
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn classifying(c: &mut Criterion) {
    let bundle = Bundle::bundled().unwrap();
    let texts = texts();
    let unique: Vec<Text<'_>> = texts.iter().map(|text| Text { text, lang: Lang::Hinted(None) }).collect();
    let copies: Vec<Text<'_>> = unique.iter().take(unique.len() / 4).cycle().take(unique.len()).copied().collect();
    let mut classifier = Classifier::new(&bundle, &Config::default()).unwrap();
    let mut group = c.benchmark_group("classify, one thread");
    group.sample_size(10);
    group.throughput(Throughput::Elements(unique.len() as u64));
    group.bench_function("unique texts", |b| b.iter(|| black_box(classifier.hear(&unique).unwrap()).len()));
    group.bench_function("75 % copies", |b| b.iter(|| black_box(classifier.hear(&copies).unwrap()).len()));
    let batches = classifier.batches(&unique).unwrap();
    let mut engine = RtenEngine::load(&bundle).unwrap();
    group.bench_function("the bare engine on the same batches", |b| {
        b.iter(|| {
            batches
                .iter()
                .map(|batch| engine.forward(batch).unwrap().sentiment.map_or(0, |moods| moods.len()))
                .sum::<usize>()
        });
    });
    let tokens: usize = batches.iter().map(TokenBatch::tokens).sum();
    group.throughput(Throughput::Elements(tokens as u64));
    group.bench_function("the bare engine, in tokens", |b| {
        b.iter(|| {
            batches
                .iter()
                .map(|batch| engine.forward(batch).unwrap().sentiment.map_or(0, |moods| moods.len()))
                .sum::<usize>()
        });
    });
    group.finish();
}

fn aggregating(c: &mut Criterion) {
    let zone = Zone::named("Europe/Rome").unwrap();
    let day = "2020-03-15".parse().unwrap();
    let bundle = Bundle::bundled().unwrap();
    let mut classifier = Classifier::new(&bundle, &Config::default()).unwrap();
    let posts: Vec<_> = events()
        .into_iter()
        .filter_map(|event| match event {
            Event::Post(post) if zone.day_of(post.posted) == day => Some(*post),
            _ => None,
        })
        .collect();
    let texts: Vec<Text<'_>> = posts.iter().map(|post| Text { text: &post.text, lang: Lang::Hinted(None) }).collect();
    let heard = classifier.hear(&texts).unwrap();
    let rows: Vec<Observation> = posts
        .into_iter()
        .zip(heard)
        .map(|(post, heard)| Observation { post, day, heard, sketch: None, claims: Vec::new(), model: "m".to_owned() })
        .collect();
    let dir = tempfile::tempdir().unwrap();
    let lake = Lake::open(&dir.path().join("demo")).unwrap();
    lake.write_part(1, &rows).unwrap();
    let busy = Lake::open(&dir.path().join("busy")).unwrap();
    busy.write_part(1, &many(&rows)).unwrap();
    let labelled = bundle.validation().unwrap().rows().iter().map(|row| LabelledPost {
        lang: row.lang.clone(),
        mood: std::array::from_fn(|mood| f64::from(u8::from(mood == row.mood))),
        probabilities: row.probabilities,
    });
    let config = AggregateConfig {
        threshold: 0.5,
        zone,
        seed: 1,
        resamples: 1_000,
        top: 20,
        min_posts_to_compare: 50,
        min_authors_to_compare: 20,
        max_missed_share: 0.2,
        headline: Headline::Posts,
        model: "m".to_owned(),
        validation: Validation::of(labelled),
        config_hash: String::new(),
        followed: Vec::new(),
        expected_sources: Vec::new(),
        reviewed: Vec::new(),
        min_reviewed: 50,
    };
    let mut group = c.benchmark_group("aggregate");
    group.throughput(Throughput::Elements(rows.len() as u64));
    group.bench_function("a day of the demo", |b| {
        b.iter(|| black_box(polso_aggregate::sum_up(&lake, day, &config).unwrap()).posts.n);
    });
    group.sample_size(10);
    group.throughput(Throughput::Elements(MANY.into()));
    group.bench_function("a busy day", |b| {
        b.iter(|| black_box(polso_aggregate::sum_up(&busy, day, &config).unwrap()).posts.n);
    });
    group.finish();
}

/// Posts of a busy day.
const MANY: u32 = 50_000;

/// The day's posts again and again: 15,000 authors, three sources, seven languages, twenty hashtags, a third of the texts new.
fn many(rows: &[Observation]) -> Vec<Observation> {
    let read: Vec<&Observation> = rows.iter().filter(|row| row.heard.reading.is_ok()).collect();
    let again = |number: u32| {
        let mut row = read[number as usize % read.len()].clone();
        let author = u128::from(number.wrapping_mul(2_654_435_761) % 15_000).to_le_bytes();
        row.post.id = PostId::new(number.to_string());
        row.post.author = AuthorKey::new(author);
        row.post.source = SourceId::new(["bluesky", "mastodon", "twitter"][number as usize % 3]).unwrap();
        row.post.hashtags = vec![format!("tag{}", number % 20), format!("tag{}", number / 20 % 20)];
        ["it", "en", "fi", "de", "fr", "es", "pt"][number as usize % 7].clone_into(&mut row.heard.lang);
        row.heard.text_key = TextKey((number / 3).into());
        row
    };
    (0..MANY).map(again).collect()
}

criterion_group!(benches, importing, classifying, aggregating);
criterion_main!(benches);
