//! A channel's preview page → its messages. Undocumented HTML: what is not found where it is expected is not guessed.

use crate::html;
use crate::net::{Answer, AskError};
use crate::stamp;
use polso_domain::Timestamp;
use scraper::{ElementRef, Html, Selector};
use url::Url;

/// A page.
#[derive(Debug, Default)]
pub(super) struct Preview {
    /// Oldest first, as they stand.
    pub(super) messages: Vec<Message>,
    /// The page of older messages.
    pub(super) before: Option<String>,
    /// What its counters count: `subscribers`, `photos`, ….
    pub(super) counters: Vec<String>,
    /// The channel's name for people.
    pub(super) title: Option<String>,
}

/// A message, as far as the page says.
#[derive(Debug, Default)]
pub(super) struct Message {
    /// `channel/123`.
    pub(super) post: String,
    pub(super) words: html::Words,
    pub(super) sent: Option<Timestamp>,
    /// The text of `datetime`, where there is one and it is no time.
    pub(super) odd_time: bool,
    /// The author who signed it.
    pub(super) signed: Option<String>,
    /// The message it answers, `channel/123`.
    pub(super) answers: Option<String>,
    /// It passes a message on.
    pub(super) passes_on: bool,
    /// Which, where the page says.
    pub(super) passed: Option<String>,
}

/// The selectors, made once a page.
struct Selectors {
    message: Selector,
    text: Selector,
    reply: Selector,
    forwarded: Selector,
    time: Selector,
    signed: Selector,
    more: Selector,
    counter: Selector,
    title: Selector,
}

impl Selectors {
    fn new() -> Option<Self> {
        let selector = |css: &str| Selector::parse(css).ok();
        Some(Self {
            message: selector("div.tgme_widget_message[data-post]")?,
            text: selector("div.tgme_widget_message_text")?,
            reply: selector("a.tgme_widget_message_reply")?,
            forwarded: selector(".tgme_widget_message_forwarded_from_name")?,
            time: selector("a.tgme_widget_message_date time[datetime]")?,
            signed: selector(".tgme_widget_message_from_author")?,
            more: selector("a.tme_messages_more[data-before]")?,
            counter: selector(".tgme_channel_info_counter .counter_type")?,
            title: selector(".tgme_channel_info_header_title")?,
        })
    }
}

/// Reads a page; one with neither messages nor a channel is another page.
pub(super) fn read(answer: &Answer) -> Result<Preview, AskError> {
    let text = std::str::from_utf8(&answer.body).map_err(|_| answer.garbled("bytes that are no text"))?;
    let selectors = Selectors::new().ok_or_else(|| answer.garbled("a page that cannot be looked through"))?;
    let html = Html::parse_document(text);
    let said = |element: ElementRef<'_>| Some(html::of_element(element).text).filter(|text| !text.is_empty());
    let preview = Preview {
        messages: html.select(&selectors.message).map(|message| selectors.message(message)).collect(),
        before: older(&html, &selectors),
        counters: html.select(&selectors.counter).filter_map(said).map(|word| word.to_lowercase()).collect(),
        title: html.select(&selectors.title).find_map(said),
    };
    if preview.messages.is_empty() && preview.counters.is_empty() {
        return Err(answer.garbled("no page of a channel"));
    }
    Ok(preview)
}

fn older(html: &Html, selectors: &Selectors) -> Option<String> {
    let numbers = html.select(&selectors.more).filter_map(|more| more.attr("data-before")?.parse::<u64>().ok());
    numbers.min().filter(|number| *number > 1).map(|number| number.to_string())
}

impl Selectors {
    fn message(&self, message: ElementRef<'_>) -> Message {
        let mut read = Message { post: message.attr("data-post").unwrap_or_default().to_owned(), ..Message::default() };
        // A message that answers one shows the beginning of that one first.
        let own = message.select(&self.text).find(|text| !within(*text, "tgme_widget_message_reply"));
        read.words = own.map(html::of_element).unwrap_or_default();
        let datetime = message.select(&self.time).find_map(|time| time.attr("datetime"));
        read.sent = datetime.and_then(stamp::rfc3339);
        read.odd_time = datetime.is_some() && read.sent.is_none();
        read.signed =
            message.select(&self.signed).map(|author| html::of_element(author).text).find(|name| !name.is_empty());
        read.answers = message.select(&self.reply).find_map(|reply| post_of(reply.attr("href")?));
        let from = message.select(&self.forwarded).next();
        read.passes_on = from.is_some();
        read.passed = from.and_then(|from| post_of(from.attr("href")?));
        read
    }
}

fn within(element: ElementRef<'_>, class: &str) -> bool {
    let above = element.ancestors().filter_map(ElementRef::wrap);
    above.into_iter().any(|above| above.value().classes().any(|own| own == class))
}

/// `channel/123` from the address of a message.
fn post_of(href: &str) -> Option<String> {
    let url = Url::parse(href).ok()?;
    let mut steps = url.path_segments()?;
    let (channel, number) = (steps.next()?, steps.next()?);
    (super::is_channel(channel) && number.parse::<u64>().is_ok()).then(|| format!("{channel}/{number}"))
}
