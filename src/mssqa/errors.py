"""What can go wrong, and what to do next.

MssqaError                        hint: what to do next; exit_code
├── ConfigError                   a setting is unknown, mistyped or out of range
├── CorpusError                   the corpus folder is missing or empty
│   └── ArticleError              one article could not be read, fetched or found
├── IndexingError                 the index cannot be used
│   ├── IndexNotFoundError        there is none yet
│   ├── IndexMismatchError        it was made by another version or with other settings
│   ├── IndexCorruptError         a file of it is missing or damaged
│   └── IndexBusyError            another build holds it
├── ModelError                    weights are missing or will not load
└── QuestionError(ValueError)     the question is empty, too long or not text

"The articles do not say" is not an error: it is an answer whose status is `declined`.
"""


class MssqaError(Exception):
    """Every error that mssqa raises on purpose.

    >>> str(IndexNotFoundError("there is no index in 'index'"))
    "there is no index in 'index'"
    >>> IndexNotFoundError("there is no index in 'index'").hint
    'run: mssqa build'
    """

    exit_code = 1
    default_hint = ""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = self.default_hint if hint is None else hint

    @property
    def kind(self) -> str:
        """The name that programs match on, as it stands in JSON."""
        return type(self).__name__

    def to_dict(self) -> dict[str, str]:
        """The shape of `error` in `mssqa ask --batch --json`."""
        return {"kind": self.kind, "message": str(self), "hint": self.hint}


class ConfigError(MssqaError):
    """A setting is unknown, mistyped or out of range."""

    exit_code = 2
    default_hint = "run: mssqa config"


class CorpusError(MssqaError):
    """The corpus folder is missing or empty."""

    default_hint = "put articles into the corpus folder, or run: mssqa add FILE"


class ArticleError(CorpusError):
    """One article could not be read, fetched or found."""

    default_hint = ""


class IndexingError(MssqaError):
    """The index cannot be used."""

    default_hint = "run: mssqa build"


class IndexNotFoundError(IndexingError):
    """There is no index yet."""


class IndexMismatchError(IndexingError):
    """The index was made by another version, another model or other settings."""


class IndexCorruptError(IndexingError):
    """A file of the index is missing or damaged."""

    default_hint = "run: mssqa build --full"


class IndexBusyError(IndexingError):
    """Another build holds the index."""

    default_hint = "wait for the other build to end, then run: mssqa build"


class ModelError(MssqaError):
    """Weights are missing or will not load."""

    default_hint = "run: mssqa doctor"


class QuestionError(MssqaError, ValueError):
    """The question is empty, too long or not text."""

    exit_code = 2
    default_hint = "ask in words, in at most 2,000 characters"
