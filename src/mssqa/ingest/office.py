"""PDF and Word files."""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

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
        ArticleError: it is damaged, locked, too long, or only pictures of text.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleError("it is locked with a password", hint="save it without one")
        if len(reader.pages) > _MAX_PAGES:
            raise ArticleError(f"it has more than {_MAX_PAGES:,} pages")
        text = "\n\n".join(page.extract_text() for page in reader.pages)
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArticleError(f"it is no readable PDF: {error}") from error
    if not text.strip():
        raise ArticleError("it holds no text, only pictures", hint="run text recognition on it")
    return Page(text=printable(text), title=one_line(printable(title or "")))


def from_docx(raw: bytes) -> Page:
    """The paragraphs and table rows of a Word file, in order, and its title.

    Raises:
        ArticleError: it is damaged, or unpacks to more than 200 MB.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        with ZipFile(BytesIO(raw)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > _MAX_UNPACKED_BYTES:
            raise ArticleError(f"it unpacks to {unpacked:,} bytes, which is too much")
        document = Document(BytesIO(raw))
        text = "\n\n".join(_blocks(document))
    except (BadZipFile, OpcError, LxmlError, KeyError, ValueError, OSError) as error:
        raise ArticleError(f"it is no readable Word file: {error}") from error
    title = document.core_properties.title
    return Page(text=printable(text), title=one_line(printable(title or "")))


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
