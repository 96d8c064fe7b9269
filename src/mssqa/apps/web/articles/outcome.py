"""What became of a change, in words: how far it is, what was added, what a build did."""

from collections.abc import Sequence
from itertools import islice

from markupsafe import Markup

from mssqa.apps.render import line
from mssqa.apps.web.articles.adding import Added, Outcome, Refused
from mssqa.apps.web.articles.building import Step
from mssqa.apps.web.articles.view import NOTHING, joined
from mssqa.apps.web.tongue import said_by_the_library
from mssqa.apps.web.trouble import WordedError, in_words, is_full
from mssqa.apps.web.wording import Wording
from mssqa.errors import ArticleError
from mssqa.report import BuildReport

MOST_NAMED = 20  # files of each kind; those that were left out are all named

_PROGRESS = Markup(
    '<div class="progress"><label for="articles-progress">{told}</label>'
    '<progress id="articles-progress" max="100" value="{percent}">{percent} %</progress></div>'
)


def progress(step: Step, words: Wording) -> Markup:
    """A bar, and what is being done."""
    done, total = words.number(step.done), words.number(step.total)
    told = words(f"articles.step_{step.name}", done=done, total=total)
    return _PROGRESS.format(told=told, percent=round(100 * step.share))


def outcomes(told: Sequence[Outcome], words: Wording) -> Markup:
    """A line for each article that somebody gave."""
    return Markup("<ul>{}</ul>").format(joined(_outcome(each, words) for each in told))


def note(text: str | Markup, *, look: str = "fine", then: Markup = NOTHING) -> Markup:
    """One line: what is so now, and perhaps a button."""
    return Markup('<p class="{}">{} {}</p>').format(look, text, then)


def report(done: BuildReport, words: Wording) -> Markup:
    """What a build did: the counts, then the files."""
    kinds = {
        "added": done.added,
        "changed": done.changed,
        "renamed": tuple(f"{old} → {new}" for old, new in done.renamed),
        "removed": done.removed,
    }
    counts = {name: len(files) for name, files in kinds.items()} | {"skipped": len(done.skipped)}
    told = [words(f"articles.built_{name}", count=count) for name, count in counts.items() if count]
    whole = words(
        "articles.built",
        changes=", ".join(told) or words("articles.built_nothing"),
        articles=words("articles.count", count=done.articles),
        seconds=words.number(done.seconds, decimals=1),
    )
    files = joined(
        Markup("<li>{} {}</li>").format(words(f"articles.file_{name}"), line(each))
        for name, paths in kinds.items()
        for each in islice(paths, MOST_NAMED)
    ) + joined(
        Markup('<li class="bad">{} {}: {}</li>').format(
            words("articles.file_skipped"),
            line(each.path),
            said_by_the_library(line(each.reason), words),
        )
        for each in done.skipped
    )
    details = Markup("<details{}><summary>{}</summary><ul>{}</ul></details>").format(
        Markup(" open") if done.skipped else NOTHING, words("articles.which"), files
    )
    return note(whole) + (details if files else NOTHING)


def _outcome(outcome: Outcome, words: Wording) -> Markup:
    match outcome:
        case Added(article=article, is_new=is_new):
            name = "articles.saved" if is_new else "articles.there_already"
            told = words(name, title=line(article.title), file=line(article.path))
            return Markup('<li class="fine">{}</li>').format(told)
        case Refused(name=name, error=error):
            told = words("articles.refused", given=line(name) or words("articles.your_text"))
            why = _why(error, words, name=name)
            return Markup('<li class="bad"><strong>{}</strong> {}</li>').format(told, why)


def trouble(error: Exception, words: Wording) -> Markup:
    """What went wrong, and what to do next."""
    return note(_why(error, words), look="bad")


def _why(error: Exception, words: Wording, *, name: str = "") -> Markup:
    if isinstance(error, ArticleError) and not (isinstance(error, WordedError) or is_full(error)):
        return said_by_the_library(_in_full(error, name), words)
    trouble = in_words(error, words)
    return Markup.escape(f"{trouble.what} {trouble.hint}".strip())


def _in_full(error: ArticleError, name: str) -> str:
    """The error without the name; its hint is for a terminal, unless it names no command."""
    hint = "" if "mssqa " in error.hint else error.hint
    told = (str(error).removeprefix(f"{name}: "), hint)
    return " ".join(_sentence(line(each)) for each in told if each)


def _sentence(text: str) -> str:
    """The text with a capital and one full stop.

    >>> _sentence("it holds no article text")
    'It holds no article text.'
    """
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
