from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from mssqa.config import Config, Page, Settings, each, load_config, read_settings, settings_table
from mssqa.errors import ConfigError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mssqa.toml"


def read(
    path: Path | None = None, *, environ: dict[str, str] | None = None, **overrides: Any
) -> Settings:
    return read_settings(path, environ=environ or {}, overrides=overrides)


def test_without_a_file_everything_is_as_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read() == Settings(config=Config(), origins={})


def test_the_file_of_the_working_folder_is_read_without_asking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    file.write_text("[page]\nport = 8000\n")
    settings = read()
    assert settings.config.page.port == 8000
    assert settings.origins == {"page.port": "mssqa.toml"}


def test_the_environment_outdoes_the_file_and_the_command_line_both(file: Path) -> None:
    file.write_text("[page]\nport = 1\nhost = 'a'\ndata = 'd'\n")
    environ = {"MSSQA_PAGE__PORT": "2", "MSSQA_PAGE__HOST": "b", "HOME": "/"}
    settings = read(file, environ=environ, page__port=3)
    assert settings.config.page == Page(port=3, host="b", data=file.parent / "d")
    assert settings.origins == {
        "page.port": "command line",
        "page.host": "environment",
        "page.data": str(file),
    }


def test_folders_in_a_file_are_relative_to_it_and_elsewhere_to_the_working_folder(
    file: Path, tmp_path: Path
) -> None:
    file.write_text("[corpus]\npath = 'news'\n[index]\npath = '/there'\n")
    config = read(file, environ={"MSSQA_PAGE__DATA": "here"}).config
    assert config.corpus.path == tmp_path / "news"
    assert config.index.path == Path("/there")
    assert config.page.data == Path("here")


def test_a_tilde_in_a_file_is_the_home_folder(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/amina")
    file.write_text("[corpus]\npath = '~/news'\n")
    assert read(file).config.corpus.path == Path("/home/amina/news")


def test_an_override_of_none_is_passed_over() -> None:
    assert read(page__port=None, corpus__path=Path("news")).origins == {
        "corpus.path": "command line"
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[page]\nprot = 1", "page.prot: unknown setting (set by {file})"),
        ("[pages]\nport = 1", "pages: unknown setting (set by {file})"),
        ("[pages]", "pages: unknown setting (set by the configuration file)"),
        ("[page]\nport = 70000", "page.port: Input should be less than or equal to 65535"),
        ("[page]\nport = 'x'", "page.port: Input should be a valid integer"),
        ("[corpus]\nfetch_timeout_seconds = nan", "corpus.fetch_timeout_seconds: Input should"),
        ("[corpus]\npath = ''", "corpus.path: the name of the folder is empty (set by {file})"),
        ("[corpus]\npath = 5", "corpus.path: Input is not a valid path"),
        ("[index]\npath = ['a']", "index.path: Input is not a valid path"),
        ("[corpus]\npath = '~nobody-of-that-name/x'", "there is no home folder for"),
        ("[generator]\nkind = 'magic'", "generator.kind: Input should be 'quote'"),
        ("[generator]\nkind = 'openai'", "generator: generator.model must name a model where"),
        ("[generator]\nkind = 'transformers'\nmodel = ' '", "generator.model must name a model"),
        ("[generator]\nkey_variable = 'sk-123'", "generator.key_variable: String should match"),
        ("[generator]\nbase_url = 'https://me:key@x.org/v1'", "put a key into an environment"),
        ("[generator]\nbase_url = 'https://x.org/v1?key=1'", "put a key into an environment"),
        ("[generator]\nbase_url = 'file:///etc/passwd'", "expected the address of a server"),
        ("[generator]\nbase_url = 'http://'", "expected the address of a server"),
        ("[generator]\nbase_url = 'http://[::1/v1'", "generator.base_url: Invalid IPv6 URL"),
        ("[generator]\ntimeout_seconds = 0", "generator.timeout_seconds: Input should be greater"),
        ("port = 1", "'port' stands outside a [section]"),
        ("[page", "cannot read"),
        ("[page]\nport = 1\nport = 2", "cannot read"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_the_setting_and_the_file(
    file: Path, text: str, message: str
) -> None:
    file.write_text(text)
    with pytest.raises(ConfigError) as raised:
        read(file)
    assert message.format(file=file) in str(raised.value)
    assert raised.value.exit_code == 2


def test_several_mistakes_are_told_at_once(file: Path) -> None:
    file.write_text("[page]\nport = -1\nprot = 1\n[log]\nlevel = 'loud'\n")
    with pytest.raises(ConfigError) as raised:
        read(file)
    assert [each.split(":")[0] for each in str(raised.value).split("; ")] == [
        "page.port",
        "page.prot",
        "log.level",
    ]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00"])
def test_a_file_that_is_no_text_cannot_be_read(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(ConfigError, match="cannot read"):
        read(file)


def test_a_file_that_is_asked_for_must_be_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(ConfigError, match="there is no configuration file"):
            read(path)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("MSSQA_PORT", "unknown variable MSSQA_PORT: expected MSSQA_SECTION__KEY"),
        ("MSSQA_PAGE__PROT", "page.prot: unknown setting (set by environment)"),
        ("MSSQA_PAGES__PORT", "pages: unknown setting (set by environment)"),
        ("MSSQA_CORPUS__PATH", "corpus.path: the name of the folder is empty (set by environment)"),
    ],
)
def test_an_unknown_or_empty_variable_is_an_error(name: str, message: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read(environ={name: ""})
    assert str(raised.value) == message


def test_variables_that_are_no_settings_are_passed_over() -> None:
    assert read(environ={"MSSQA_DATA": "/data", "PATH": "/bin"}) == read()


def test_a_setting_never_changes() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load_config().page.port = 1  # type: ignore[misc]


def test_every_setting_has_a_row_with_its_origin(file: Path) -> None:
    file.write_text("[page]\nport = 8000\n")
    rows = read(file).rows()
    assert ("page.port", 8000, str(file)) in rows
    assert ("page.host", "127.0.0.1", "default") in rows
    assert [name for name, _, _ in rows] == [name for name, _ in each(Config())]


def test_every_setting_has_a_line_in_the_table_with_its_meaning() -> None:
    lines = settings_table().splitlines()
    assert lines[0] == "| setting | default | meaning |"
    assert len(lines) == 2 + len(each(Config()))
    assert "| `page.port` | `7860` | port to listen on; 0 takes a free one |" in lines
    assert all(line.split("|")[3].strip() not in {"", "None"} for line in lines[2:])
