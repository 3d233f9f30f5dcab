"""Ten thousand invented posts, as strange as real ones, in golden_lines.jsonl.gz.

Training and reading must make the same tokens of all of them: `golden_tokens.py`
writes down what training makes, a test of the Rust crate compares. The posts are
put together from templates; no account, link or person in them exists.

Usage: python golden_lines.py [--check]

Writes one JSON string a line, the same on every machine; `--check` compares
instead. Only characters of Unicode 13 and older occur: libraries that know
different versions of Unicode still agree on them.
"""

import gzip
import json
import random
import sys
import unicodedata
from pathlib import Path

PATH = Path(__file__).with_name("golden_lines.jsonl.gz")
LINES = 10_000

TEMPLATES = {
    "it": ["Oggi {topic} di nuovo, {feel} e {feel}", "Ma perché {topic}? Non è possibile, {feel}",
           "Città ferma per {topic}, c'è chi è {feel}", "L'ospedale dice che {topic} è sotto controllo",
           "Qualcuno sa dirmi quando finisce {topic}?", "Più informazioni, meno paura: {topic}"],
    "en": ["Day {n} of {topic} and I'm still {feel}", "They don't want you to know about {topic}!",
           "Can anyone explain {topic} to me? So {feel}", "The city council says {topic} starts at {n}:30",
           "I can't believe {topic} is over, {feel}", "{topic}, {topic} and more {topic}... {feel}"],
    "fi": ["Tänään {topic} jatkuu, olen {feel}", "Miksi {topic}? Hyvää yötä, {feel} kaupunki",
           "Kunta tiedottaa: {topic} alkaa kello {n}", "Äitini on {feel}, koska {topic}",
           "Tietääkö joku, milloin {topic} loppuu?", "{topic} ei häiritse meitä, {feel} päivä"],
    "de": ["Heute wieder {topic}, ich bin {feel}", "Warum {topic}? Das ist doch {feel}",
           "Die Straße ist leer wegen {topic}", "Größere Übersicht: {topic} ab {n} Uhr",
           "Weiß jemand, wann {topic} endet?", "{topic} macht mich müde und {feel}"],
    "fr": ["Encore {topic} aujourd'hui, je suis {feel}", "Pourquoi {topic} ? C'est {feel}",
           "L'hôpital annonce {topic} dès {n} h", "Ça suffit avec {topic}, tout le monde est {feel}",
           "Où en est {topic} ? Français, restez là", "{topic} : à bientôt, cœur {feel}"],
    "es": ["Hoy otra vez {topic}, estoy {feel}", "¿Por qué {topic}? ¡Qué {feel}!",
           "El niño está {feel} por {topic}", "Mañana a las {n} empieza {topic}",
           "¿Alguien sabe cuándo acaba {topic}?", "La señora del pingüino: {topic} y más {topic}"],
    "pt": ["Hoje de novo {topic}, estou {feel}", "Por que {topic}? Não é {feel}",
           "A informação sobre {topic} saiu às {n} h", "Coração {feel} por causa de {topic}",
           "Alguém sabe quando acaba {topic}?", "São Pedro mandou {topic}, ninguém dormiu"],
}
TOPICS = {
    "it": ["il lockdown", "il vaccino", "la scuola", "il maltempo", "la quarantena", "la bolletta"],
    "en": ["lockdown", "the vaccine", "school", "the weather", "quarantine", "the bus strike"],
    "fi": ["sulku", "rokote", "koulu", "sää", "karanteeni", "bussilakko"],
    "de": ["der Lockdown", "die Impfung", "die Schule", "das Wetter", "die Quarantäne", "der Streik"],
    "fr": ["le confinement", "le vaccin", "l'école", "la météo", "la quarantaine", "la grève"],
    "es": ["el confinamiento", "la vacuna", "la escuela", "el tiempo", "la cuarentena", "la huelga"],
    "pt": ["o confinamento", "a vacina", "a escola", "o tempo", "a quarentena", "a greve"],
}
FEELINGS = {
    "it": ["felice", "stanca", "arrabbiato", "perplessa"], "en": ["happy", "tired", "furious", "confused"],
    "fi": ["iloinen", "väsynyt", "vihainen", "yksin"], "de": ["froh", "müde", "wütend", "allein"],
    "fr": ["content", "fatiguée", "fâché", "déçue"], "es": ["feliz", "cansada", "enfadado", "sola"],
    "pt": ["feliz", "cansada", "zangado", "sozinha"],
}
EMOJI = ["😂", "😷", "👏🏽", "👍🏻", "👍🏿", "❤️", "❤︎", "✌🏾", "👩🏽‍⚕️", "👨‍👩‍👧", "🏳️‍🌈", "🇮🇹", "🇫🇮", "1️⃣", "🤦🏼‍♀️",
         "🧑‍🤝‍🧑", "☎️", "🫂", "🦠", "💉", "♥", "♦️", "🏻", "⁉️", "™️"]
ENTITIES = ["&amp;", "&lt;3", "&gt;&gt;", "&quot;sì&quot;", "l&#39;ora", "don&apos;t", "a&nbsp;b", "&amp;lt;", "&copy;",
            "&AMP;", "&#38;"]
LINKS = ["https://example.org/a?b=c&d=1#x", "http://example.com", "www.example.net/pagina", "HTTPS://EXAMPLE.ORG/È",
         "https://", "http://example.org/(uno)", "www.", "example.org/senza"]
ACCOUNTS = ["@conto_inventato", "@nobody.at.all", "@utente@example.social", "@äänetön_tili", "@_x-y", "@",
            "@@doppio", "@zero\u200bwidth", "nome@example.org", "@1234"]
TAGS = ["#IoRestoACasa", "#StayHome2020", "#koronavirus", "#été_à_la_maison", "#MañanaSaldremos", "#ÄläPanikoi",
        "#covid19italia", "#"]
INVISIBLE = ["\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202e", "\u2060", "\u2064", "\ufeff",
             "\u00ad", "\u0000", "\u0007", "\u001b", "\u007f", "\u0085", "\u009f", "\u2066", "\u180e"]
SPACES = ["  ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u3000", "\u2028", "\u202f", " \n\n "]
MIXED = ["привет из дома", "καλημέρα σε όλους", "今日は家にいます", "집에 있어요", "חיסון היום", "مرحبا بالجميع",
         "घर पर रहें", "ჩვენ სახლში", "อยู่บ้าน", "раypаl"]
MARKS = ["\u0301", "\u0308", "\u0303", "\u0327", "\u0336", "\u0301\u0327", "\u20e3", "\u1abe"]
PUNCTUATION = ["!!!!!!", "......", "?!?!?!?!", "…", "—", "«", "»", "“”", "’", "%", "€ 5.000,00", "½", "x²", "№", "[email]",
               "[phone]", "@user", "http", "ﬁne", "ŀ", "ǆ", "ẞ", "İ", "ı", "Å", "Ω", "<s>", "</s>", "<unk>", "▁", "[UNK]"]


class Dice:
    """Choices from `random()` alone, the one method that Python promises to keep."""

    def __init__(self, seed):
        self.source = random.Random(seed)

    def below(self, bound):
        return int(self.source.random() * bound)

    def pick(self, choices):
        return choices[self.below(len(choices))]

    def often(self, probability):
        return self.source.random() < probability


def post(dice):
    """A sentence of one language."""
    lang = dice.pick(list(TEMPLATES))
    sentence = dice.pick(TEMPLATES[lang])
    while "{" in sentence:
        for name, words in (("{topic}", TOPICS[lang]), ("{feel}", FEELINGS[lang]), ("{n}", None)):
            word = dice.pick(words) if words else str(1 + dice.below(40))
            sentence = sentence.replace(name, word, 1)
    return sentence


def insert(dice, text, choices):
    """Something at a place between two characters."""
    at = dice.below(len(text) + 1)
    return text[:at] + dice.pick(choices) + text[at:]


def beside(dice, text, choices):
    """Something between two words; now and then all of them without the spaces that belong there."""
    words = text.split(" ")
    words.insert(dice.below(len(words) + 1), dice.pick(choices))
    return ("" if dice.often(0.03) else " ").join(words)


def stretch(dice, text):
    """A character many times over."""
    at = dice.below(len(text))
    return text[:at] + text[at] * (2 + dice.below(9)) + text[at:]


def styled(dice, text):
    """Letters that only look like letters: full-width, or mathematical as some write for decoration."""
    start = dice.pick([0xFF21, 0x1D400, 0x1D5D4, 0x1D670])
    shift = {ord("A") + i: start + i for i in range(26)}
    shift.update({ord("a") + i: start + i + (32 if start == 0xFF21 else 26) for i in range(26)})
    return text.translate(shift)


def long(dice, text):
    """Far more than the model reads, some of it more than anybody reads."""
    return (text + dice.pick([" ", "\n", ""])) * (20 + dice.below(180))


MUTATIONS = [
    (0.35, lambda dice, text: beside(dice, text, EMOJI)),
    (0.12, lambda dice, text: insert(dice, text, EMOJI)),
    (0.15, lambda dice, text: beside(dice, text, ENTITIES)),
    (0.25, lambda dice, text: beside(dice, text, LINKS)),
    (0.25, lambda dice, text: beside(dice, text, ACCOUNTS)),
    (0.30, lambda dice, text: beside(dice, text, TAGS)),
    (0.25, lambda dice, text: beside(dice, text, PUNCTUATION)),
    (0.10, lambda dice, text: beside(dice, text, MIXED)),
    (0.15, lambda dice, text: insert(dice, text, INVISIBLE)),
    (0.10, lambda dice, text: insert(dice, text, SPACES)),
    (0.10, lambda dice, text: insert(dice, text, MARKS)),
    (0.15, stretch),
    (0.05, lambda dice, text: text.upper()),
    (0.04, lambda dice, text: text.title().replace(" ", "")),
    (0.10, lambda dice, text: unicodedata.normalize("NFD", text)),
    (0.04, styled),
    (0.10, lambda dice, text: dice.pick(["RT @conto_inventato: ", "RT @x ", "rt @x: ", "RT  @x: "]) + text),
    (0.01, long),
]


def lines():
    """All posts; the first are the ones that are hardly any."""
    dice = Dice(20200309)
    found = ["", " ", "\u200b\ufeff", "😷", "🏻️", "@", "https://example.org/a", "a" * 10_000, "\u0301", "e" + "\u0301" * 50]
    while len(found) < LINES:
        text = post(dice)
        for probability, mutate in MUTATIONS:
            if text and dice.often(probability):
                text = mutate(dice, text)
        found.append(text)
    return found


def main():
    text = "".join(json.dumps(line) + "\n" for line in lines()).encode()
    if sys.argv[1:] == ["--check"]:
        # The text, not the file: versions of zlib pack the same text differently.
        sys.exit(0 if gzip.decompress(PATH.read_bytes()) == text else f"{PATH.name} is not what this script makes")
    PATH.write_bytes(gzip.compress(text, 9, mtime=0))


if __name__ == "__main__":
    main()
