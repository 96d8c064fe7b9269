"""Questions answered from a folder of news articles, every sentence backed by an exact quote.

    import mssqa

    answer = mssqa.answer("How many officers has Kenya sent?")
    print(answer.text, [citation.quote for citation in answer.citations])

Each public name is imported when it is first used: `import mssqa` itself loads no model library.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mssqa.build import add_article as add_article
    from mssqa.build import build_index as build_index
    from mssqa.build import remove_article as remove_article
    from mssqa.build import restore_article as restore_article
    from mssqa.config import Config as Config
    from mssqa.config import load_config as load_config
    from mssqa.errors import ArticleError as ArticleError
    from mssqa.errors import ConfigError as ConfigError
    from mssqa.errors import CorpusError as CorpusError
    from mssqa.errors import IndexBusyError as IndexBusyError
    from mssqa.errors import IndexCorruptError as IndexCorruptError
    from mssqa.errors import IndexingError as IndexingError
    from mssqa.errors import IndexMismatchError as IndexMismatchError
    from mssqa.errors import IndexNotFoundError as IndexNotFoundError
    from mssqa.errors import ModelError as ModelError
    from mssqa.errors import MssqaError as MssqaError
    from mssqa.errors import QuestionError as QuestionError
    from mssqa.qa import QA as QA
    from mssqa.qa import answer as answer
    from mssqa.qa import open_qa as open_qa
    from mssqa.report import BuildReport as BuildReport
    from mssqa.types import Answer as Answer
    from mssqa.types import Article as Article
    from mssqa.types import Checked as Checked
    from mssqa.types import Claim as Claim
    from mssqa.types import Evidence as Evidence
    from mssqa.types import Found as Found
    from mssqa.types import Hit as Hit
    from mssqa.types import Interval as Interval
    from mssqa.types import Query as Query
    from mssqa.types import Status as Status
    from mssqa.types import Turn as Turn
    from mssqa.types import Wrote as Wrote

__version__ = "0.1.0"

_NAMES = {
    "qa": "QA answer open_qa",
    "build": "add_article build_index remove_article restore_article",
    "config": "Config load_config",
    "report": "BuildReport",
    "types": "Answer Article Checked Claim Evidence Found Hit Interval Query Status Turn Wrote",
    "errors": "ArticleError ConfigError CorpusError IndexBusyError IndexCorruptError"
    " IndexingError IndexMismatchError IndexNotFoundError ModelError MssqaError QuestionError",
}
_HOMES = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = sorted(_HOMES)  # noqa: PLE0605 - the same names as above, checked by a test


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
