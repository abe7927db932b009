"""The tokenizer of XLM-RoBERTa from the pieces of the weights' file, for the `tokenizers` package.

SentencePiece's unigram model (Kudo 2018) over text in NMT-NFKC form, blanks written as U+2581.
"""

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from answers.encode.weights import Weights


def tokenizer(weights: Weights) -> Tokenizer:
    """The tokenizer of these weights. Its ids are the rows of their table of words."""
    made = Tokenizer(models.Unigram(list(weights.pieces), unk_id=weights.unknown, byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    begin, end = (weights.pieces[at][0] for at in (weights.begin, weights.end))
    made.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}", special_tokens=[(begin, weights.begin), (end, weights.end)]
    )
    return made
