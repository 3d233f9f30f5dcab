"""Tables that show at a glance what the posts hold."""

from collections import Counter

from .calendar import day_of


def tables(posts, rows):
    """The counts as text: by day and language, source, kind and mood, and what else there is."""
    columns = [
        ("lang", ["it", "en", "fi", "sv", "de", "fr", "es", "zxx"], lambda p: p.lang),
        ("source", ["bluesky", "mastodon.example", "forum.example"], lambda p: p.source),
        ("kind", ["original", "reply", "repost", "quote"], lambda p: p.kind),
        ("mood", ["negative", "neutral", "positive"], lambda p: p.draft.mood),
    ]
    parts = [_by_day(posts, *column) for column in columns]
    themes = sorted({p.theme for p in posts} - {"ordinary"})
    parts.append(_by_day(posts, "theme", themes, lambda p: p.theme))
    parts.append(_once(posts, rows))
    return "\n\n".join(parts)


def _by_day(posts, title, keys, key_of):
    counts = Counter((day_of(post.at), key_of(post)) for post in posts)
    widths = [max(len(key), 5) for key in keys]
    lines = [f"{title:10}   all  " + "  ".join(key.rjust(width) for key, width in zip(keys, widths))]
    for day in [*sorted({day for day, _ in counts}), "all"]:
        cells = [sum(n for (d, k), n in counts.items() if k == key and day in (d, "all")) for key in keys]
        everything = sum(n for (d, _), n in counts.items() if day in (d, "all"))
        lines.append(f"{day:10}  {everything:4}  " + "  ".join(f"{n:{width}}" for n, width in zip(cells, widths)))
    return "\n".join(lines)


def _once(posts, rows):
    types = Counter(row["type"] for row in rows)
    seen = Counter(post.draft.text for post in posts)
    return "\n".join(
        [
            f"lines: {len(rows)} ({dict(types)}), posts: {len(posts)}, edits: {types['post'] - len(posts)}",
            f"authors: {len({p.author.handle for p in posts})}, different texts: {len(seen)}",
            f"share of reposts and pasted copies: {1 - len(seen) / len(posts):.3f}",
            f"share of wrong language tags: {sum(p.tag != p.lang for p in posts if p.lang != 'zxx') / len(posts):.3f}",
        ]
    )
