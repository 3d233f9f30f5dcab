"""The invented accounts: who they are, where they post, how loud they are."""

from dataclasses import dataclass

# Given names and the ending that goes with them in Italian ("stanco", "stanca").
NAMES = {
    "it": {
        "a": "anna giulia chiara sara elena marta paola laura silvia irene lucia rosa carla nora gaia",
        "o": "marco paolo luca matteo davide simone fabio dario pietro nino ugo enzo tullio carlo bruno",
    },
    "en": {"a": "emma grace lily ruth amy holly megan nina", "o": "jack tom harry ben sam leo owen max"},
    "fi": {"a": "aino helmi venla eeva tuuli kaisa liisa", "o": "eero onni väinö pekka ilmari tapio oiva"},
    "sv": {"a": "elsa maja", "o": "nils axel"},
    "de": {"a": "greta lena", "o": "jonas emil"},
    "fr": {"a": "louise", "o": "hugo"},
    "es": {"a": "lola", "o": "pablo"},
}


@dataclass(frozen=True)
class Person:
    """One account. `ending` is the vowel that Italian words about the author end in, `loudness` how often it posts."""

    handle: str
    name: str
    lang: str
    source: str
    followers: int
    ending: str = "o"
    loudness: float = 1.0
    official: bool = False


def invent(dice, story):
    """All accounts: many who post once, a few who never stop, and the official ones."""
    people = [_someone(dice, story, rank) for rank in range(story["people"])]
    for entry in story["official"]:
        people.append(Person(**entry, followers=20_000 + dice.below(60_000), ending="a", official=True))
    return people


def _someone(dice, story, rank):
    lang = dice.share(story["languages"])
    ending = dice.pick("ao")
    first = dice.pick(NAMES[lang][ending].split())
    # The running number makes the handle unique, the spread keeps it from looking like a count.
    number = f"{rank * 13 + dice.below(13):04}"
    plain = first.replace("ä", "a").replace("ö", "o")
    return Person(
        handle=f"seed_{plain}_{number}",
        name=f"Seed {first.capitalize()} {number}",
        lang=lang,
        source=dice.share(story["sources"]),
        followers=5 + dice.heavy_tail(150),
        ending=ending,
        loudness=0.02 if rank % 2 else 1.0 / (1 + rank % 100) ** 0.5,  # every other one hardly speaks
    )


class Crowd:
    """Finds somebody who fits."""

    def __init__(self, dice, people):
        self._dice = dice
        self.people = people

    def anyone(self, lang, source, but=()):
        """An ordinary account with this language and source, the loud more often; `None` when there is none."""
        fitting = [
            p for p in self.people if p.lang == lang and p.source == source and not p.official and p.handle not in but
        ]
        return self._dice.weighted(fitting, [p.loudness for p in fitting]) if fitting else None

    def official(self, handle):
        """The official account of this name."""
        return next(p for p in self.people if p.official and p.handle == handle)

    def officials(self):
        """All official accounts."""
        return [p for p in self.people if p.official]
