"""The word index: BM25 over passages under their titles. The only module that knows tantivy.

English stems, accents and case folded. A query is built from its words, never parsed, so that no
typed text can be a syntax error. Scores come from BM25 with tantivy's k1 = 1.2 and b = 0.75.
"""

import re
import shutil
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from unicodedata import normalize

import tantivy

from mssqa.errors import IndexCorruptError
from mssqa.index.files import link_or_copy
from mssqa.index.limits import Days, days, publisher_key, publisher_keys
from mssqa.index.ranking import settle
from mssqa.ports import Ranking
from mssqa.types import Passage, Query

# Closed-class words of questions that tantivy's own list of stop words lacks, and what is left of
# them after an apostrophe. "may" is a month.
QUESTION_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
        about am any been being can could d did do does doing done from had has have he her his
        how i its ll m me my our please re s shall she should so t tell than them those ve we were
        what when where which who whom whose why would you your
        """,
    )
)

MAX_TERMS = 200  # different words of a query that are looked up; a question has fewer
LONG_WORD = 7  # letters
SCORE_DIGITS = 3  # what stands behind is rounding noise of 32-bit sums

_ANALYSER = "mssqa_words"
# Both begin with a letter to look for, and look back after it: ten times as fast.
_WITHIN_INITIALS = re.compile(r"\.(?=[^\W\d_]\b)(?<=\b[^\W\d_]\.)")
_WITHIN_THOUSANDS = re.compile(r",(?=\d{3})(?<=\d,)(?!\d{4})")
_WRITTEN_AGAIN = ("meta.json", ".managed.json")  # by a later build; segments never are
_LOCK_FILES = (".tantivy-writer.lock", ".tantivy-meta.lock")
_WRITER_BYTES = 128_000_000


class Lexical:
    """A folder of words, open for searching. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        try:
            self._index = _opened(folder)
        except (OSError, ValueError) as error:
            raise IndexCorruptError(f"cannot open the words in {str(folder)!r}: {error}") from error
        self._searcher = self._index.searcher()

    @property
    def passages(self) -> int:
        """How many there are."""
        return int(self._searcher.num_docs)

    def search(self, query: Query, *, limit: int) -> Ranking:
        """The passages that share a word with `query.text`, within its limits, best first.

        Stop words count only in a query that has no others.
        """
        terms = _terms(query.text)
        when = days(query)
        if not terms or limit < 1 or when.first > when.last:
            return ()
        sought = self._query(terms, query)

        def fetch(count: int) -> Iterable[tuple[int, float]]:
            hits = self._searcher.search(sought, count, count=False).hits
            keys = self._searcher.fast_field_values("key", [address for _, address in hits])
            return [
                (int(key), score)
                for key, (score, _) in zip(keys, hits, strict=True)
                if key is not None
            ]

        return settle(fetch, limit=limit, digits=SCORE_DIGITS)

    def spelt_like(self, word: str, *, limit: int) -> tuple[int, ...]:
        """The passages with words spelt nearly as one that stands in none; else nothing.

        One letter is added, left out, exchanged or swapped with the next; in a word of seven
        letters or more, two.
        """
        stem = " ".join(_analyser().analyze(_plain(word)))
        schema, distance = self._index.schema, 1 + (len(word) >= LONG_WORD)
        exact = tantivy.Query.term_query(schema, "words", stem, "basic")
        if limit < 1 or self._searcher.search(exact, 1, count=False).hits:
            return ()
        near = tantivy.Query.fuzzy_term_query(schema, "words", stem, distance)
        hits = self._searcher.search(near, limit, count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        return tuple(sorted(int(key) for key in keys if key is not None))

    def _query(self, terms: Sequence[str], query: Query) -> tantivy.Query:
        schema = self._index.schema
        wanted = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "words", term, "freq"))
            for term in dict.fromkeys(terms)
        ]
        must = (tantivy.Query.boolean_query(wanted), *self._limits(query))
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in must])

    def _limits(self, query: Query) -> list[tantivy.Query]:
        schema = self._index.schema
        limits = []
        if query.limits_dates:
            limits.append(_within(schema, days(query)))
        if publishers := publisher_keys(query):
            limits.append(tantivy.Query.term_set_query(schema, "publisher", publishers))
        return [tantivy.Query.const_score_query(limit, 0.0) for limit in limits]


def write(folder: Path, passages: Iterable[tuple[int, Passage]]) -> None:
    """Add passages under their keys to the words in a folder, or begin there.

    Raises:
        OSError: the files cannot be written.
    """
    folder.mkdir(exist_ok=True)
    try:
        index = _opened(folder) if (folder / "meta.json").exists() else _created(folder)
        writer = index.writer(_WRITER_BYTES, 1)  # one thread: the same order of passages each time
        for key, passage in passages:
            writer.add_document(_entry(key, passage))
        writer.commit()
        writer.wait_merging_threads()
        _sweep(folder, index)
    except ValueError as error:
        raise OSError(f"cannot write the words in {str(folder)!r}: {error}") from error


def stems(text: str) -> tuple[str, ...]:
    """The words of a text as the index knows them, in order, without stop words.

    >>> stems("Who were the U.S. officials that signed for 1,000 ships?")
    ('us', 'offici', 'sign', '1000', 'ship')
    """
    return tuple(_sought().analyze(_plain(text)))


def carry_over(source: Path, folder: Path) -> None:
    """Begin a folder of words with those of another."""
    folder.mkdir()
    for path in files(source):
        link = shutil.copyfile if path.name in _WRITTEN_AGAIN else link_or_copy
        link(path, folder / path.name)


def files(folder: Path) -> tuple[Path, ...]:
    """The files that hold the words, without tantivy's lock files, sorted."""
    return tuple(sorted(path for path in folder.iterdir() if path.name not in _LOCK_FILES))


def _terms(text: str) -> tuple[str, ...]:
    return (stems(text) or tuple(_analyser().analyze(_plain(text))))[:MAX_TERMS]


def _entry(key: int, passage: Passage) -> tantivy.Document:
    article = passage.article
    entry = tantivy.Document()
    entry.add_integer("key", key)
    entry.add_text("words", _plain(f"{article.title}\n{passage.text}"))
    if article.published is not None:
        entry.add_integer("published", article.published.toordinal())
    if article.publisher is not None:
        entry.add_text("publisher", publisher_key(article.publisher))
    return entry


def _plain(text: str) -> str:
    """The text with initials and thousands closed up: "U.S." is "US.", "1,000" is "1000"."""
    closed = _WITHIN_THOUSANDS.sub("", _WITHIN_INITIALS.sub("", text))
    if closed.isascii():
        return closed
    return normalize("NFC", closed).encode("utf-8", "ignore").decode()


def _within(schema: tantivy.Schema, when: Days) -> tantivy.Query:
    kind = tantivy.FieldType.Integer
    return tantivy.Query.range_query(schema, "published", kind, when.first, when.last)


def _analyser(*more_stop_words: str) -> tantivy.TextAnalyzer:
    """Words as they are indexed; given stop words, as they are sought, without any of those."""
    make = tantivy.Filter
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (make.remove_long(64), make.lowercase(), make.ascii_fold()):
        builder = builder.filter(step)
    if more_stop_words:
        builder = builder.filter(make.stopword("english"))
        builder = builder.filter(make.custom_stopword(list(more_stop_words)))
    return builder.filter(make.stemmer("english")).build()


@cache
def _sought() -> tantivy.TextAnalyzer:
    return _analyser(*sorted(QUESTION_WORDS))


def _created(folder: Path) -> tantivy.Index:
    schema = (
        tantivy.SchemaBuilder()
        .add_integer_field("key", fast=True)
        .add_text_field("words", tokenizer_name=_ANALYSER, index_option="freq")
        .add_integer_field("published", indexed=True, fast=True)
        .add_text_field("publisher", tokenizer_name="raw", index_option="basic")
        .build()
    )
    return _ready(tantivy.Index(schema, str(folder), reuse=False))


def _opened(folder: Path) -> tantivy.Index:
    return _ready(tantivy.Index.open(str(folder)))


def _ready(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer(_ANALYSER, _analyser())  # tantivy stores the name only
    index.config_reader("manual")  # a generation never changes: no thread need watch the folder
    index.reload()
    return index


def _sweep(folder: Path, index: tantivy.Index) -> None:
    """Remove what merged segments have replaced, and tantivy's locks."""
    writer = index.writer(_WRITER_BYTES, 1)
    writer.garbage_collect_files()
    writer.wait_merging_threads()
    for name in _LOCK_FILES:
        (folder / name).unlink(missing_ok=True)
    for name in _WRITTEN_AGAIN:  # tantivy lets only the owner read them
        (folder / name).chmod(folder.stat().st_mode & 0o666)
