"""What the script of the Articles tab sends: checked like any other input."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from mssqa.apps.web.articles.adding import MOST_CHARACTERS, Typed
from mssqa.apps.web.articles.listing import Order, Wanted
from mssqa.apps.web.wording import ENGLISH

Line = Annotated[str, Field(max_length=3_000)]


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str = Field(ENGLISH, max_length=16)


class Look(_Sent):
    """Which articles somebody wants to see."""

    words: Line = ""
    publisher: Line = ""
    order: Order = Order.NEWEST
    open: Line = ""  # the article that is open

    @property
    def wanted(self) -> Wanted:
        """The same for the list."""
        return Wanted(words=self.words, publisher=self.publisher, order=self.order)


class Open(_Sent):
    """Which article somebody opens."""

    article: Line


class Upload(BaseModel):
    """A file that somebody uploaded, or that was too large to be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Line
    bytes: int = Field(ge=0)
    path: Line | None = None  # on this computer


class Change(_Sent):
    """Something that somebody wants done to the corpus or the index."""

    run: str = Field(max_length=64)  # by which the browser knows what belongs to it
    act: Literal["build", "files", "address", "typed", "remove", "restore"]
    article: Line = ""
    files: tuple[Upload, ...] = Field((), max_length=1_000)
    title: Line = ""
    published: Line = ""
    publisher: Line = ""
    url: Line = ""
    text: str = Field("", max_length=2 * MOST_CHARACTERS)  # too long is for the tab to say

    @property
    def typed(self) -> Typed:
        """The article that was typed."""
        return Typed(
            title=self.title,
            published=self.published,
            publisher=self.publisher,
            url=self.url,
            text=self.text,
        )
