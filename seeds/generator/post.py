"""A post of the story, its id, and its line in polso's own JSON Lines."""

import json
from dataclasses import dataclass
from datetime import datetime

from .calendar import utc
from .people import Person
from .words import Draft

TID_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"


@dataclass
class Post:
    """One post. `lang` is the language it is written in, `tag` what the platform says, `theme` what it is about."""

    id: str
    author: Person
    draft: Draft
    at: datetime
    lang: str
    tag: str
    theme: str = "ordinary"
    kind: str = "original"
    parent: "Post | None" = None
    pull: float = 0.0
    likes: int = 0
    reposts: int = 0
    replies: int = 0

    @property
    def source(self):
        """Where it stands."""
        return self.author.source

    def line(self, text=None):
        """Its line; with `text`, the line of a later edit."""
        row = {
            "type": "post",
            "id": self.id,
            "source": self.source,
            "author": self.author.handle,
            "author_name": self.author.name,
            "text": text or self.draft.text,
            "posted_at": utc(self.at),
            "lang": self.tag,
            "kind": self.kind,
        }
        if self.parent:
            row["in_reply_to" if self.kind == "reply" else "reposted"] = self.parent.id
        for key in ("mentions", "hashtags", "links"):
            if getattr(self.draft, key):
                row[key] = getattr(self.draft, key)
        row |= {"followers": self.author.followers, "likes": self.likes, "reposts": self.reposts, "replies": self.replies}
        return row


def new_id(source, moment, serial):
    """An id in the manner of its platform."""
    if source == "bluesky":
        number = int(moment.timestamp()) * 1_000_000 + serial << 10
        return "".join(TID_LETTERS[number >> shift & 31] for shift in range(60, -1, -5))
    if source == "mastodon.example":
        return str((int(moment.timestamp() * 1000) << 16) + serial)
    return f"f{40_000 + serial * 3}"


def dump(row):
    """One row as one line."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
