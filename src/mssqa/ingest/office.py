"""PDF and Word files. On damaged ones the libraries raise all sorts: `read` sees to that."""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING
from zipfile import ZipFile

from mssqa.errors import ArticleError
from mssqa.ingest.decode import printable
from mssqa.ingest.page import Page, one_line

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

_MAX_PAGES = 1_000
_MAX_UNPACKED_BYTES = 200_000_000


def from_pdf(raw: bytes) -> Page:
    """The text of a PDF file, page after page, and its title.

    Raises:
        ArticleError: it is locked, too long, or only pictures of text.
    """
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(raw))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ArticleError("it is locked with a password", hint="save it without one")
    if len(reader.pages) > _MAX_PAGES:
        raise ArticleError(f"it has more than {_MAX_PAGES:,} pages")
    text = printable("\n\n".join(page.extract_text() for page in reader.pages)).strip()
    if not text:
        raise ArticleError("it holds no text, only pictures", hint="run text recognition on it")
    return Page(text=text, title=one_line(reader.metadata.title if reader.metadata else None))


def from_docx(raw: bytes) -> Page:
    """The paragraphs and table rows of a Word file, in order, and its title.

    Raises:
        ArticleError: it unpacks to more than 200 MB.
    """
    from docx import Document

    with ZipFile(BytesIO(raw)) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > _MAX_UNPACKED_BYTES:
        raise ArticleError(f"it unpacks to {unpacked:,} bytes, which is too much")
    document = Document(BytesIO(raw))
    text = printable("\n\n".join(filter(None, _blocks(document))))
    return Page(text=text, title=one_line(document.core_properties.title))


def _blocks(document: "Document") -> Iterator[str]:
    from docx.text.paragraph import Paragraph

    for item in document.iter_inner_content():
        if isinstance(item, Paragraph):
            yield item.text
        else:
            yield from _rows(item)


def _rows(table: "Table") -> Iterator[str]:
    """One line for each row; a cell that spans columns stands once."""
    for row in table.rows:
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        yield " | ".join(text for text, _ in groupby(cells) if text)
