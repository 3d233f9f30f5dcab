"""Turns template sentences into texts: slots filled, flavour added, hashtags appended."""

import re
import tomllib
from dataclasses import dataclass, field

SITES = {
    "it": ("https://notizie.example/articolo/", "https://salute.example/faq/"),
    "en": ("https://news.example/story/", "https://health.example/advice/"),
    "fi": ("https://uutiset.example/juttu/", "https://terveys.example/ohjeet/"),
}
SLOT = re.compile(r"\{(\w+)\}")
HOW_MANY_TAGS = {"reply": {0: 0.7, 1: 0.3}, "quote": {0: 0.35, 1: 0.5, 2: 0.15}}
USUAL_TAGS = {0: 0.10, 1: 0.42, 2: 0.34, 3: 0.14}


@dataclass
class Draft:
    """A text, and what a platform would list beside it."""

    text: str
    mood: str
    hashtags: list = field(default_factory=list)
    mentions: list = field(default_factory=list)
    links: list = field(default_factory=list)


class Words:
    """The sentences of one template file."""

    def __init__(self, path, dice):
        with open(path, "rb") as file:
            self.book = tomllib.load(file)
        self._dice = dice

    def compose(self, lang, mood, use, scene):
        """A whole text of this mood for this use, as `scene` (author, day, neighbours) needs it."""
        group = self._group(lang, mood, use, scene.day)
        draft = Draft("", mood)
        flavour = self.book.get("flavour", {}).get(group.get("flavour"), {})
        parts = [self._dice.pick(group["texts"])]
        if "open" in flavour and self._dice.chance(0.22):
            parts.insert(0, self._dice.pick(flavour["open"]))
        if "close" in flavour and self._dice.chance(0.24):
            parts.append(self._dice.pick(flavour["close"]))
        draft.text = self.fill(" ".join(parts), draft, scene)
        if flavour and self._dice.chance(0.2):
            draft.text += " " + self._dice.pick(flavour["emoji"])
        count = self._dice.share(HOW_MANY_TAGS.get(use, USUAL_TAGS))
        self.tag(draft, self._tags(group, mood, scene.day, count))
        return draft

    def fill(self, template, draft, scene, extra=None):
        """Replaces the slots. A word is not used twice in one text; `{Slot}` starts with a capital."""
        slots = {**self.book.get("slots", {}), **(extra or {})}
        used = set()

        def value(match):
            name = match[1]
            words = slots.get(name.lower())
            if words is None:
                return scene.fill(name, draft)
            word = self._dice.pick([w for w in words if w not in used] or words)
            used.add(word)
            return word[0].upper() + word[1:] if name[0].isupper() else word

        return SLOT.sub(value, template)

    def tag(self, draft, tags):
        """Appends hashtags, spelled as people spell them."""
        for tag in tags:
            spelled = self._dice.pick(self.book["spelling"].get(tag, [tag]))
            draft.text += f" #{spelled}"
            draft.hashtags.append(spelled)

    def _group(self, lang, mood, use, day):
        fitting = [
            g
            for g in self.book["group"].values()
            if g["mood"] == mood and g.get("use", "post") == use and g.get("lang", lang) == lang and _is_on(g, day)
        ]
        if not fitting:  # small languages have a few moods and uses only
            fitting = [g for g in self.book["group"].values() if g.get("lang", lang) == lang and g.get("use", "post") == "post"]
        return self._dice.weighted(fitting, [g.get("weight", len(g["texts"])) for g in fitting])

    def _tags(self, group, mood, day, count):
        known = {t: e for t, e in self.book["tags"].items() if _is_on(e, day) and e.get("mood", mood) == mood}
        usual = {t: e["weight"] for t, e in known.items() if "weight" in e}
        weights = {t: weight * (4 if t in group.get("tags", ()) else 1) for t, weight in usual.items()}
        chosen = []
        while weights and len(chosen) < count:
            tag = self._dice.share(weights)
            chosen.append(tag)
            del weights[tag]
        if chosen:
            chosen += [t for t, e in known.items() if "beside" in e and self._dice.chance(e["beside"])]
        return chosen


def _is_on(entry, day):
    return entry.get("from", "0") <= day <= entry.get("until", "9")


class Scene:
    """What a sentence may ask about the moment it is written in: its author, its day, the people around."""

    def __init__(self, dice, author, day, around):
        self._dice = dice
        self.author = author
        self.day = day
        self._around = around

    def fill(self, name, draft):
        """The value of a slot that no template file lists."""
        if name == "o":
            return self.author.ending
        if name == "link":
            return self.link(draft)
        if name == "phone":
            two = f"{self._dice.below(100):02}"
            return f"06 5550 01{two}" if self.author.lang == "it" else f"020 7946 00{two}"
        if name == "mail":
            return f"seed.{self.author.handle[5:].replace('_', '.')}@example.org"
        someone = self._around()
        if name == "someone":
            draft.mentions.append(someone)
            return "@" + someone
        if name == "profile":
            address = f"https://mastodon.example/@{someone}"
            draft.links.append(address)
            return address
        raise KeyError(f"slot `{name}` is in no template file")

    def link(self, draft):
        """An invented page; low numbers are passed around most."""
        sites = SITES.get(self.author.lang, SITES["en"])
        address = f"{self._dice.pick(sites)}{1 + min(self._dice.heavy_tail(3), 40)}"
        draft.links.append(address)
        return address
