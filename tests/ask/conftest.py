"""The real parser, loaded once for all tests of understanding."""

import pytest

from mssqa.models import load_parser
from mssqa.ports import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    return load_parser()
