"""The three kinds of tokenizer that published models have, with a small vocabulary from invented sentences.

Used by published_tiny.py. Word pieces and unigrams are counted here, because the library's trainers for these two
give another vocabulary after each run.
"""

from collections import Counter
from itertools import combinations
from math import log

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

PIECES, BYTE_PIECES = 160, 290  # bytes alone are 256
LONGEST = 5  # letters of a piece
BERT_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
DEBERTA_SPECIAL = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"]
ROBERTA_SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]

# what the vocabularies are made from
SENTENCES = [
    "La campagna contro l'influenza comincia lunedì in tutti gli ambulatori della città.",
    "Ho aspettato due ore e poi mi hanno detto di tornare domani.",
    "Il personale è stato gentile e la visita è durata dieci minuti.",
    "Non capisco perché nessuno risponde al telefono del centro.",
    "Che bella notizia, il reparto nuovo apre prima dell'estate!",
    "Dicono che l'acqua non sia sicura, ma dove sono i dati?",
    "Domani il vaccino è gratuito per le persone anziane, basta prenotare.",
    "Le scuole restano aperte, gli orari cambiano da lunedì.",
    "Qualcuno sa se il farmaco si trova ancora in farmacia?",
    "Sono molto arrabbiata: tre telefonate e nessuna risposta.",
    "#salute: in piazza si misura la pressione dalle 9 alle 18.",
    "Il calendario sul sito è vecchio, chi lo aggiorna?",
    "The clinic opens at nine and the queue is already long.",
    "Nobody told us that the appointment had been moved again.",
    "Thank you to the nurse who explained everything so calmly.",
    "They say the new medicine is not safe, but where can I read that?",
    "I am afraid of the needle and still I will go tomorrow.",
    "What was measured in the water, and who measured it?",
    "Great news: the vaccine is free for everybody this week!",
    "The school stays open while the virus goes round.",
    "This is the worst winter for the hospital in ten years.",
    "People wait outside in the cold and nobody explains why.",
    "#flu: where do I find the opening hours of the centre?",
    "My mother was treated well and came home smiling.",
    "Rokotukset alkavat maanantaina kaikissa terveyskeskuksissa.",
    "Odotin kaksi tuntia, eikä kukaan kertonut, mistä on kyse.",
    "Hoitaja oli ystävällinen ja selitti kaiken rauhallisesti.",
    "Miksi aika siirtyi taas, ja kuka siitä päätti?",
    "Kiitos koko henkilökunnalle, hoito oli todella hyvää!",
    "Väittävät, että vesi ei ole turvallista, mutta missä tulokset ovat?",
    "Influenssarokote on ilmainen yli 65-vuotiaille.",
    "Olen vihainen: kolme soittoa, eikä yhtään vastausta.",
    "Koulut pysyvät auki, vaikka flunssa leviää.",
    "#rokote: ajan voi varata verkossa tai puhelimella.",
    "Pelkään neulaa, mutta menen silti huomenna.",
    "Ihmiset seisovat ulkona kylmässä, eikä kukaan sano syytä.",
]


def special_ids(special):
    """Opening and closing token with their ids."""
    opening, closing = ("<s>", "</s>") if "<s>" in special else ("[CLS]", "[SEP]")
    return (opening, special.index(opening)), (closing, special.index(closing))


def unknown_token(special):
    """What stands for a piece that is not in the vocabulary."""
    return next(token for token in special if "unk" in token.lower())


def framed(tokenizer, special):
    """The tokenizer with its special tokens, two of which open and close a text."""
    tokenizer.add_special_tokens(special)
    opening, closing = special_ids(special)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{opening[0]} $A {closing[0]}", pair=f"{opening[0]} $A {closing[0]} $B:1 {closing[0]}:1",
        special_tokens=[opening, closing])
    return tokenizer


def common(tokenizer, inside, room):
    """Pieces with their counts: letters, then the runs that save most. `inside` marks what does not begin a word."""
    counts = Counter()
    for sentence in SENTENCES:
        for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(tokenizer.normalizer.normalize_str(sentence)):
            counts.update((inside if i else "") + word[i:j] for i, j in combinations(range(len(word) + 1), 2)
                          if j - i <= LONGEST)

    def saved(piece):
        return counts[piece] * (len(piece.removeprefix(inside)) - 1)

    pieces = sorted(counts, key=lambda piece: (saved(piece) > 0, -saved(piece), piece))[:room]
    return {piece: counts[piece] for piece in pieces}


def wordpiece(lowercase):
    """BERT's: words by punctuation and white space, pieces with `##`."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    pieces = [*BERT_SPECIAL, *common(tokenizer, "##", PIECES - len(BERT_SPECIAL))]
    tokenizer.model = models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]")
    return framed(tokenizer, BERT_SPECIAL)


def byte_level(special):
    """Byte pairs: no character is unknown."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(SENTENCES, trainers.BpeTrainer(
        vocab_size=BYTE_PIECES, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False))
    if special is not ROBERTA_SPECIAL:
        return framed(tokenizer, special)
    opening, closing = special_ids(special)
    tokenizer.post_processor = processors.RobertaProcessing(closing, opening, add_prefix_space=False)
    return tokenizer


def unigram(special):
    """Pieces with log probabilities; published files hold SentencePiece's own character table where this has NFKC."""
    tokenizer, mark = Tokenizer(models.Unigram()), pre_tokenizers.Metaspace()
    if special is ROBERTA_SPECIAL:
        tokenizer.normalizer = normalizers.NFKC()
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), mark])
    else:
        tokenizer.normalizer = normalizers.Sequence(
            [normalizers.Strip(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
        tokenizer.pre_tokenizer = mark
    tokenizer.decoder = decoders.Metaspace()
    counts = common(tokenizer, "", PIECES - len(special))
    scores = {piece: round(log(count / sum(counts.values())), 4) for piece, count in counts.items()}
    unknown = special.index(unknown_token(special))
    tokenizer.model = models.Unigram([*((token, 0.0) for token in special), *scores.items()], unknown, False)
    return framed(tokenizer, special)
