//! Invented days: every topic is a direction, every post its topic with something of its own.

use super::*;
use proptest::prelude::*;

const SIZE: u64 = 96;

/// A post as the tests write it.
#[derive(Clone)]
struct Post {
    sketch: Sketch,
    lang: &'static str,
    text: String,
    text_key: TextKey,
    author: AuthorKey,
    needs_checking: f32,
}

/// Scrambles a number (the finaliser of splitmix64).
fn scrambled(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// Numbers between -1 and 1 that look random and always are the same.
fn noise(seed: u64) -> impl Iterator<Item = f32> {
    (1..=SIZE).map(move |at| (scrambled(scrambled(seed + 1) ^ at) % 2001) as f32 / 1000.0 - 1.0)
}

fn author(number: u64) -> AuthorKey {
    AuthorKey::new(u128::from(number).to_le_bytes())
}

/// Words of a text: hash and spelling, in order. Two letters and less are no words here.
fn words(text: &str, _lang: &str) -> Vec<(u32, String)> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2);
    words.map(|word| (term(word), word.to_owned())).collect()
}

fn term(word: &str) -> u32 {
    let hash = blake3::hash(word.to_lowercase().as_bytes());
    hash.as_bytes().iter().take(4).fold(0, |hash, byte| hash << 8 | u32::from(*byte))
}

/// A post of `topic` (0: of none), different from all others by its number.
fn post(topic: u64, number: u64, text: &str) -> Post {
    let own = noise(1_000_000 + number);
    let blend: Vec<f32> =
        noise(topic).zip(own).map(|(topic_part, own)| if topic == 0 { own } else { topic_part + 0.6 * own }).collect();
    let mut terms: Vec<u32> = words(text, "it").into_iter().map(|(term, _)| term).collect();
    terms.sort_unstable();
    terms.dedup();
    Post {
        sketch: Sketch { vector: Vector::new(&blend).unwrap(), terms, stand: polso_domain::Stand::default() },
        lang: "it",
        text: text.to_owned(),
        text_key: TextKey(number),
        author: author(number),
        needs_checking: 0.5,
    }
}

/// Many posts that say nothing in common.
fn ordinary() -> Vec<Post> {
    (0..300).map(|number| post(0, 10_000 + number, &format!("parola{number} comune"))).collect()
}

fn of_topic(topic: u64, numbers: std::ops::Range<u64>) -> Vec<Post> {
    numbers.map(|number| post(topic, number, &format!("voce{topic} gira comune oggi{number}"))).collect()
}

fn background(posts: &[Post]) -> Background {
    Background::of(posts.iter().map(|post| Query { sketch: &post.sketch, lang: post.lang })).unwrap()
}

fn groups_allowing(posts: &[Post], allowed: &HashSet<u32>) -> Vec<Group> {
    let background = background(posts);
    let about = About {
        day: "2020-03-09".parse().unwrap(),
        kind: ClaimKind::Narrative,
        background: &background,
        words: &words,
        allowed,
        seed: 7,
    };
    group(&loose(posts), &about, &Grouping::narratives()).unwrap()
}

fn groups(posts: &[Post]) -> Vec<Group> {
    groups_allowing(posts, &HashSet::new())
}

impl Post {
    fn loose(&self) -> Loose<'_> {
        let Self { sketch, lang, text, text_key, author, needs_checking } = self;
        Loose { sketch, lang, text, text_key: *text_key, author: *author, needs_checking: *needs_checking }
    }
}

fn loose(posts: &[Post]) -> Vec<Loose<'_>> {
    posts.iter().map(Post::loose).collect()
}

#[test]
fn what_says_the_same_is_one_group_and_the_rest_is_none() {
    let posts = [of_topic(1, 0..10), ordinary(), of_topic(2, 100..130)].concat();
    let found = groups(&posts);
    let members: Vec<&[usize]> = found.iter().map(|group| group.members.as_slice()).collect();
    assert_eq!(members, [&(310..340).collect::<Vec<_>>()[..], &(0..10).collect::<Vec<_>>()]);
    assert_eq!((found[1].people, found[1].unique_texts), (10, 10));
    assert_eq!(found[1].words[..2], ["voce1", "gira"]);
    assert!(found[0].id.as_str().starts_with("n-2020-03-09-"));
    assert_eq!(found[0].wordings.len(), 5);
    assert!(found[0].wordings.iter().all(|wording| found[0].members.contains(wording)));
    assert!(found[0].example.is_none());
}

#[test]
fn questions_are_named_so_and_need_no_checking() {
    let mut posts = [of_topic(1, 0..12), ordinary()].concat();
    for post in &mut posts {
        post.needs_checking = 0.01;
    }
    assert!(groups(&posts).is_empty());
    let (background, allowed) = (background(&posts), HashSet::new());
    let (day, kind) = ("2020-03-09".parse().unwrap(), ClaimKind::Question);
    let about = About { day, kind, background: &background, words: &words, allowed: &allowed, seed: 7 };
    let found = group(&loose(&posts), &about, &Grouping::questions()).unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].id.as_str().starts_with("q-2020-03-09-"));
}

#[test]
fn copies_are_one_text_and_one_person_is_no_crowd() {
    let copies = |authors: u64| {
        let copy = |number| Post { author: author(number % authors), text_key: TextKey(77), ..post(1, 5, "voce gira") };
        groups(&[(0..40).map(copy).collect(), ordinary()].concat())
    };
    assert!(copies(4).is_empty());
    let found = copies(5);
    assert_eq!((found.len(), found[0].members.len(), found[0].unique_texts, found[0].people), (1, 40, 1, 5));
    assert_eq!((found[0].example, &found[0].wordings[..]), (Some(0), &[0][..]));
}

#[test]
fn an_example_is_what_several_people_posted_and_nothing_else() {
    let mut posts = [of_topic(1, 0..10), ordinary()].concat();
    for number in 1..5 {
        posts.push(Post { author: author(900 + number), ..posts[3].clone() });
    }
    assert_eq!(groups(&posts)[0].example, Some(3));
    posts.pop();
    assert_eq!(groups(&posts)[0].example, None);
}

#[test]
fn unlike_texts_are_not_strung_together() {
    // Each lies between two topics, so that each is near the next and the first is far from the last.
    let between = |number: u64| {
        let (from, to) = (50 + number / 4, 51 + number / 4);
        let part = (number % 4) as f32 / 4.0;
        let blend: Vec<f32> = noise(from).zip(noise(to)).map(|(from, to)| (1.0 - part) * from + part * to).collect();
        let lone = post(0, 400 + number, &format!("anello{number}"));
        Post { sketch: Sketch { vector: Vector::new(&blend).unwrap(), ..lone.sketch }, ..lone }
    };
    let chain: Vec<Post> = (0..60).map(between).collect();
    let found = groups(&[chain, ordinary()].concat());
    assert!(found.iter().all(|group| group.members.len() < 15), "{found:?}");
}

#[test]
fn few_people_or_nothing_to_check_make_no_narrative() {
    let mut posts = [of_topic(1, 0..10), ordinary()].concat();
    let before = groups(&posts);
    posts[..10].iter_mut().for_each(|post| post.needs_checking = 0.34);
    assert!(groups(&posts).is_empty());
    posts[..10].iter_mut().for_each(|post| post.needs_checking = 0.36);
    assert_eq!(groups(&posts).len(), before.len());
    posts[..10].iter_mut().enumerate().for_each(|(number, post)| post.author = author(number as u64 % 4));
    assert!(groups(&posts).is_empty());
    assert!(groups(&[of_topic(1, 0..7), ordinary()].concat()).is_empty());
    assert!(groups(&[]).is_empty());
}

#[test]
fn names_numbers_and_rare_words_are_not_told() {
    let text = |number: u64| match number {
        0..4 => "Gira voce segreta: mentre Bianchi lo dice ai VIROLOGI, 12345".to_owned(),
        4..8 => "Ecco, gira voce di Bianchi, 12345 e VIROLOGI".to_owned(),
        _ => "si sa: gira voce. Bianchi e VIROLOGI 12345 #bianchi #verdi #verdi2".to_owned(),
    };
    let posts = [(0..13).map(|number| post(1, number, &text(number))).collect(), ordinary()].concat();
    let found = groups(&posts);
    assert_eq!(found[0].words, ["gira", "voce"]);
    let allowed = HashSet::from([term("bianchi"), term("virologi")]);
    let told = groups_allowing(&posts, &allowed);
    assert_eq!(told[0].words, ["bianchi", "gira", "virologi"]);
}

#[test]
fn without_texts_there_are_groups_but_no_names() {
    let mut posts = [of_topic(1, 0..10), ordinary()].concat();
    let before = groups(&posts);
    for post in &mut posts {
        post.text.clear();
    }
    let after = groups(&posts);
    assert_eq!((&after[0].id, &after[0].members), (&before[0].id, &before[0].members));
    assert!(after[0].words.is_empty() && after[0].example.is_none());
}

#[test]
fn a_group_larger_than_the_edges_of_a_text_comes_out_whole() {
    let others = (0..5).flat_map(|round| (0..300).map(move |number| post(0, 10_000 * (round + 1) + number, "comune")));
    let found = groups(&others.chain(of_topic(1, 0..400)).collect::<Vec<_>>());
    assert_eq!(found.len(), 1);
    assert!(found[0].members.len() > 390, "{}", found[0].members.len());
}

#[test]
fn two_days_of_a_narrative_are_the_same_and_two_narratives_are_not() {
    let posts = [of_topic(1, 0..20), of_topic(2, 20..30), ordinary()].concat();
    let background = background(&posts);
    let queries = |range: std::ops::Range<usize>| -> Vec<Query<'_>> {
        posts[range].iter().map(|post| Query { sketch: &post.sketch, lang: post.lang }).collect()
    };
    let is_same = |a, b| same(&queries(a), &queries(b), &background, &Grouping::narratives());
    assert!(is_same(0..5, 10..15));
    assert!(!is_same(0..5, 20..25) && !is_same(0..5, 40..45) && !is_same(0..5, 0..0));
}

#[test]
fn a_narrative_of_two_languages_is_the_same_in_one_of_them() {
    let mut posts = [of_topic(1, 0..10), of_topic(2, 10..30), ordinary()].concat();
    posts[5..30].iter_mut().for_each(|post| post.lang = "en");
    let background = background(&posts);
    let query = |post: &usize| Query { sketch: &posts[*post].sketch, lang: posts[*post].lang };
    // Five Italian texts of one topic and one English text of another: all in all too far from other English ones.
    let mixed: Vec<Query<'_>> = [0, 1, 2, 3, 4, 10].iter().map(query).collect();
    let english: Vec<Query<'_>> = [20, 21, 22].iter().map(query).collect();
    let is_same = |a: &[Query<'_>], b: &[Query<'_>]| same(a, b, &background, &Grouping::narratives());
    assert!(is_same(&mixed, &english) && !is_same(&mixed[..5], &english));
}

#[test]
fn vectors_of_another_model_are_near_nothing() {
    let mut posts = [of_topic(1, 0..10), ordinary()].concat();
    let before = groups(&[of_topic(2, 20..30), posts.clone()].concat());
    for (number, post) in (0..).zip(&mut posts[..10]) {
        post.sketch.terms = vec![number * 2];
        post.sketch.vector = Vector::new(&[1.0, 0.5]).unwrap();
    }
    assert!(groups(&posts).is_empty());
    let after = groups(&[of_topic(2, 20..30), posts].concat());
    assert_eq!((before.len(), after.len()), (2, 1));
}

#[test]
fn a_day_of_a_few_posts_is_judged_by_words() {
    let posts = of_topic(1, 0..10);
    let apart: Vec<Post> = (0..10).map(|number| post(1, number, &format!("solo{number}"))).collect();
    assert!(groups(&apart).is_empty());
    assert!(groups(&[posts, apart[..2].to_vec()].concat()).len() <= 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_order_of_posts_does_not_matter(seed in any::<u64>()) {
        let posts = [of_topic(1, 0..10), ordinary(), of_topic(2, 100..115)].concat();
        let mut order: Vec<usize> = (0..posts.len()).collect();
        order.sort_by_key(|place| scrambled(seed ^ *place as u64));
        let shuffled: Vec<Post> = order.iter().map(|place| posts[*place].clone()).collect();
        let told = |posts: &[Post]| -> Vec<_> {
            let keys = |places: &[usize]| places.iter().map(|place| posts[*place].text_key).collect::<BTreeSet<_>>();
            groups(posts).into_iter().map(|group| (group.id, keys(&group.members), keys(&group.wordings), group.words)).collect()
        };
        prop_assert_eq!(told(&posts), told(&shuffled));
    }
}
