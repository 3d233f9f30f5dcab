"""Text normalisation shared by training and by the Rust crate.

The model only ever sees normalised text, so the rules and their order are part
of the model: change one here and the golden cases, the Rust code and the
weights all have to change with it. `python normalize.py --check` runs the
golden cases in normalize_cases.jsonl.

Character classes are spelled out instead of left to Python's `re`, because
Python's `\\w` and `\\s` differ from the Unicode (UTS #18) classes that the Rust
`regex` crate uses.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path

_ENTITIES = {
    "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"',
    "&#39;": "'", "&apos;": "'", "&nbsp;": "\u00a0",
}
_ENTITY = re.compile("|".join(map(re.escape, _ENTITIES)))

# White_Space, as a class body.
_SPACE = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_INVISIBLE = re.compile(
    "[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]"  # how an emoji is drawn, and its skin tone
)
MAX_CHARS = 4000  # texts are cut here before anything else


def _word_class():
    """Class body for the UTS #18 `\\w`: letters, marks, digits, connectors, joiners."""
    extra = [(0x24B6, 0x24E9), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189)]
    ok = {0x200C, 0x200D}
    for low, high in extra:
        ok.update(range(low, high + 1))
    for point in range(0x110000):
        category = unicodedata.category(chr(point))
        if category[0] in "LM" or category in ("Nd", "Nl", "Pc"):
            ok.add(point)
    points, parts = sorted(ok), []
    start = prev = points[0]
    for point in points[1:] + [None]:
        if point is not None and point == prev + 1:
            prev = point
            continue
        parts.append(re.escape(chr(start)) + ("-" + re.escape(chr(prev)) if prev > start else ""))
        start = prev = point
    return "".join(parts)


_W = _word_class()
_RETWEET = re.compile(f"^RT @[{_W}]+: ?")
_URL = re.compile(f"(?:https?://|www\\.)[^{_SPACE}]+", re.IGNORECASE)
_ACCOUNT = re.compile(f"(?<![{_W}])@[{_W}.\\-]*[{_W}](?:@[{_W}.\\-]*[{_W}])?")
_RUN = re.compile(r"(.)\1{3,}", re.DOTALL)
_SPACES = re.compile(f"[{_SPACE}]+")


def normalize(text: str) -> str:
    """Applies the rules in order."""
    text = text[:MAX_CHARS]
    text = _ENTITY.sub(lambda m: _ENTITIES[m.group()], text)
    text = unicodedata.normalize("NFC", text)
    text = _INVISIBLE.sub("", text)
    text = _RETWEET.sub("", text)
    text = _URL.sub("http", text)
    text = _ACCOUNT.sub("@user", text)
    text = _RUN.sub(lambda m: m.group(1) * 3, text)
    return _SPACES.sub(" ", text).strip(" ")


def check(path: Path) -> int:
    """Counts golden cases that no longer hold."""
    wrong = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        got = normalize(case["in"])
        if got != case["out"]:
            wrong += 1
            print(f"in   {case['in']!r}\nwant {case['out']!r}\ngot  {got!r}", file=sys.stderr)
    return wrong


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(1 if check(Path(__file__).with_name("normalize_cases.jsonl")) else 0)
    for row in sys.stdin:
        print(normalize(row.rstrip("\n")))
