"""Whether a text finds its translation: what lets an Italian or Finnish post find an English claim.

Usage: python crosslingual.py CORPORA_DIR BUNDLE_DIR

For every Italian and Finnish sentence of FLORES-200 devtest (Wikimedia text that no step of the
training read as pairs): is its nearest English sentence, of about a thousand, its own translation?
"""

import lzma
import sys
from pathlib import Path

from tokenizers import Tokenizer

from calibrate import answers
from normalize import normalize
from rows import encode


def main():
    corpora, bundle = Path(sys.argv[1]), Path(sys.argv[2])
    tokenizer = Tokenizer.from_file(str(bundle / "tokenizer.json"))
    for pair in ("en-it", "en-fi"):
        with lzma.open(corpora / f"parallel/flores200_devtest.{pair}.tsv.xz", "rt", encoding="utf-8") as lines:
            columns = zip(*(line.rstrip("\n").split("\t") for line in lines))
        english, other = (answers(bundle / "model.onnx", encode([normalize(t) for t in c], tokenizer))[1] for c in columns)
        nearest = (other @ english.T).argmax(1)
        print(f"{pair[3:]} finds en: {(nearest == range(len(other))).mean():.3f} of {len(other)}")


if __name__ == "__main__":
    main()
