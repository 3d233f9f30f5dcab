"""Writes posts one after the other in time; every answer and copy points back at something that stands already."""

from dataclasses import replace
from datetime import timedelta

from .calendar import day_of, is_silent
from .post import Post, new_id
from .words import Draft, Scene

WRONG_TAGS = ["und", "en", "es", "pt", "it", "fr", "et", "nl", "ro", "fi"]
EMOJI_ONLY = ["❤️❤️❤️", "🌈🌈", "😷😷😷", "👏👏👏👏", "😢😢", "🙏🙏🙏", "😂😂😂", "💪", "🎶🎶🎶"]
MEMORY = timedelta(hours=20)


class Scribe:
    """Holds what was written so far."""

    def __init__(self, dice, story, crowd, words):
        self.dice, self.story, self.crowd, self.words = dice, story, crowd, words
        self.posts = []
        self._texts = set()
        self._passed_on = set()

    def source_at(self, moment):
        """A source that was heard at that instant."""
        open_sources = {s: w for s, w in self.story["sources"].items() if not is_silent(self.story, s, moment)}
        return self.dice.share(open_sources)

    def ordinary(self, moment):
        """A post as the day's mixture wants it; nothing where the source was not heard."""
        lang = self.dice.share(self.story["languages"])
        source = self.dice.share(self.story["sources"])
        author = self.crowd.anyone(lang, source)
        if author is None or is_silent(self.story, source, moment):
            return
        if self.dice.chance(self.story["noise"]["too_little_text"]):
            self._short(author, moment)
            return
        kind = self.dice.share(self.story["kinds"])
        mood = self._mood(lang, day_of(moment))
        parent = None if kind == "original" else self._parent(author, mood, moment, kind)
        if kind in ("repost", "copy") and parent:
            self.pass_on(author, parent, moment, kind)
        else:
            self._compose(author, mood, moment, (kind, parent) if parent else ("original", None))

    def official(self, author, moment):
        """A message of an institution, for others to pass on."""
        if not is_silent(self.story, author.source, moment):
            draft = self._fresh(author, "neutral", "official", moment)
            self.put(author, draft, moment)

    def pass_on(self, author, parent, moment, kind):
        """The same words again: as a repost, or pasted as one's own."""
        self._passed_on.add((author.handle, parent.id))
        draft = replace(parent.draft, mentions=list(parent.draft.mentions))
        if kind == "copy":
            return self.put(author, draft, moment, theme=parent.theme, lang=parent.lang)
        draft.mentions.insert(0, parent.author.handle)
        return self.put(author, draft, moment, theme=parent.theme, lang=parent.lang, kind="repost", parent=parent)

    def scene(self, author, moment):
        """What templates may ask when this author writes now."""
        around = lambda: self.crowd.anyone(author.lang, author.source, (author.handle,)).handle
        return Scene(self.dice, author, day_of(moment), around)

    def put(self, author, draft, moment, theme="ordinary", lang=None, kind="original", parent=None):
        """Adds a post and counts it with the one it passes on or answers."""
        lang = lang or author.lang
        post = Post(new_id(author.source, moment, len(self.posts)), author, draft, moment, lang, self._tag(lang))
        post.theme, post.kind, post.parent = theme, kind, parent
        if kind != "repost":
            post.pull = (author.followers + 30) ** 0.5 * (1 + self.dice.heavy_tail(1))
            post.likes = self.dice.heavy_tail(1 + post.pull / 12)
        if parent and kind == "reply":
            parent.replies += 1
        elif parent:
            parent.reposts += 1
        self._texts.add(draft.text)
        self.posts.append(post)
        return post

    def _compose(self, author, mood, moment, answer):
        kind, parent = answer
        use = kind if kind in ("reply", "quote") else "post"
        draft = self._fresh(author, mood, use, moment)
        if kind == "reply":
            handle = parent.author.handle
            draft.text = f"@{handle} {draft.text}"
            draft.mentions.insert(0, handle)
        self.put(author, draft, moment, kind=kind, parent=parent)

    def _fresh(self, author, mood, use, moment):
        words = self.words[author.lang]
        for _ in range(40):
            draft = words.compose(author.lang, mood, use, self.scene(author, moment))
            if draft.text not in self._texts:
                break
        return draft

    def _short(self, author, moment):
        draft = Draft("", "none")
        if self.dice.chance(0.5):
            draft.text = self.scene(author, moment).link(draft)
        else:
            draft.text = self.dice.pick(EMOJI_ONLY)
        self.put(author, draft, moment, theme="too little text", lang="zxx")

    def _parent(self, author, mood, moment, kind):
        """Something recent in this mood and language by somebody else, the popular more often."""
        fitting = [
            post
            for post in self._recent(moment)
            if post.lang == author.lang
            and post.theme == "ordinary"
            and post.draft.mood == mood
            and post.kind in (("original",) if kind == "copy" else ("original", "quote"))
            and (kind == "copy" or post.source == author.source)
            and post.author is not author
            and (author.handle, post.id) not in self._passed_on
        ]
        return self.dice.weighted(fitting, [post.pull for post in fitting]) if fitting else None

    def _recent(self, moment):
        for post in reversed(self.posts):
            if moment - post.at > MEMORY:
                return
            yield post

    def _mood(self, lang, day):
        table = self.story["mood"].get(lang, self.story["mood"]["en"])
        return self.dice.weighted(("negative", "neutral", "positive"), table.get(day, table["usual"]))

    def _tag(self, lang):
        if lang != "zxx" and not self.dice.chance(self.story["noise"]["wrong_language_tag"]):
            return lang
        return self.dice.pick([tag for tag in WRONG_TAGS if tag != lang])
