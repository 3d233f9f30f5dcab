"""The questions that more and more people ask, in words of their own or by passing somebody else's on."""

from .waves import Wave

PASS_ON = 0.15


class Question(Wave):
    """One question of the story. Nobody answers it."""

    table = "question"

    def __init__(self, name, scribe):
        super().__init__(name, scribe)
        self._asked = []

    def tasks(self):
        """When to ask: pairs of an instant and a function of that instant."""
        yield from self.daily("asked", self.ask)

    def ask(self, moment):
        """One more post that asks it."""
        author = self.author(moment)
        earlier = self.standing(self._asked, author, moment)
        if earlier and self.dice.chance(PASS_ON):
            self.scribe.pass_on(author, self.dice.pick(earlier), moment, "repost")
            return
        draft = self.draft(author, moment, self.dice.pick(self.words(author)["texts"]))
        self.tag(author, draft)
        self._asked.append(self.scribe.put(author, draft, moment, theme=self.name + " asked"))
