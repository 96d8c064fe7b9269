"""Fetching from a real server on this machine."""

import gzip
import time
from http.server import BaseHTTPRequestHandler

import pytest
from webserver import Request, body, drip, moved, serving

from mssqa.config import Corpus
from mssqa.errors import ArticleError
from mssqa.ingest.fetch import feed, fetch
from mssqa.ingest.guard import is_public

LOCAL = Corpus(fetch_private=True, fetch_timeout_seconds=5, fetch_max_bytes=10_000)
PUBLIC = Corpus(fetch_timeout_seconds=5)
PAGE = b"<html><body><p>The port opened.</p></body></html>"


def failure(url: str, config: Corpus = LOCAL) -> str:
    with pytest.raises(ArticleError) as caught:
        fetch(url, config=config)
    assert caught.value.hint
    return str(caught.value).removeprefix(f"{url}: ")


def test_a_page_is_fetched_with_its_address_and_kind() -> None:
    with serving(port=body(PAGE)) as home:
        page = fetch(f"{home}/port", config=LOCAL)
    assert (page.url, page.content, page.media_type, page.suffix) == (
        f"{home}/port",
        PAGE,
        "text/html",
        ".html",
    )


@pytest.mark.parametrize(
    ("name", "kind", "suffix"),
    [
        ("a", "text/plain", ".txt"),
        ("a.md", "text/plain", ".md"),
        ("a", "text/markdown", ".md"),
        ("a", "application/pdf", ".pdf"),
        ("a.pdf", "application/octet-stream", ".pdf"),
        ("a.docx", None, ".docx"),
        ("a.html", "application/pdf", ".pdf"),
        ("a", "multipart/related; boundary=x", ".mhtml"),
    ],
)
def test_the_kind_is_what_the_server_says_and_the_name_where_it_says_nothing(
    name: str, kind: str | None, suffix: str
) -> None:
    with serving(**{name.replace(".", "_"): body(b"x", kind)}) as home:
        assert fetch(f"{home}/{name}", config=LOCAL).suffix == suffix


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "application/json", None])
def test_what_no_reader_knows_is_refused(kind: str | None) -> None:
    with serving(a=body(b"x", kind)) as home:
        expected = f"it is {kind or 'an unknown kind'}, which cannot be read"
        assert failure(f"{home}/a") == expected


def test_a_redirect_is_followed_and_the_last_address_is_kept() -> None:
    with serving(old=moved("/new?x=1"), new=body(PAGE)) as home:
        assert fetch(f"{home}/old", config=LOCAL).url == f"{home}/new?x=1"


def test_redirects_end_after_so_many() -> None:
    with serving(loop=moved("/loop")) as home:
        assert failure(f"{home}/loop") == "more than 5 redirects"


@pytest.mark.parametrize("limit", [0, 1])
def test_the_number_of_redirects_is_a_setting(limit: int) -> None:
    config = LOCAL.model_copy(update={"fetch_max_redirects": limit})
    with serving(one=moved("/two"), two=moved("/three"), three=body(PAGE)) as home:
        assert failure(f"{home}/one", config) == f"more than {limit} redirects"


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://example.org/a", "gopher://a/"])
def test_a_redirect_to_another_scheme_is_refused(place: str) -> None:
    with serving(old=moved(place)) as home:
        scheme = place.split(":", maxsplit=1)[0]
        assert failure(f"{home}/old") == f"only http and https are fetched, not {scheme!r}"


def test_a_redirect_with_credentials_is_refused() -> None:
    with serving(old=moved("http://user:word@127.0.0.1/")) as home:
        assert failure(f"{home}/old") == "it must name a host, and no user or password"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://0/",
        "http://10.0.0.1:8080/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://\uff11\uff12\uff17.0.0.1/",  # full-width digits
        "http://127\u30020\u30020\u30021/",  # ideographic full stops
    ],
)
def test_private_addresses_are_refused_however_they_are_written(address: str) -> None:
    assert " is at the private address " in failure(address, PUBLIC)


def test_a_private_address_is_not_even_connected_to() -> None:
    asked: list[str] = []

    def note(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.path)

    with serving(secret=note) as home:
        assert failure(f"{home}/secret", PUBLIC) == "127.0.0.1 is at the private address 127.0.0.1"
    assert asked == []


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("file:///etc/passwd", "only http and https are fetched, not 'file'"),
        ("javascript:alert(1)", "only http and https are fetched, not 'javascript'"),
        ("example.org", "only http and https are fetched, not 'a name'"),
        ("http://user@example.org/", "it must name a host, and no user or password"),
        ("http://a:b@example.org/", "it must name a host, and no user or password"),
        ("http://@example.org/", "it must name a host, and no user or password"),
        ("http:///a", "it must name a host, and no user or password"),
        ("http://example.org:99999/", "it is no address: Port out of range 0-65535"),
    ],
)
def test_an_address_that_is_none_is_named_as_such(address: str, reason: str) -> None:
    assert failure(address, PUBLIC) == reason


def test_an_unknown_host_is_said_to_be_unknown() -> None:
    assert failure("http://nowhere.invalid/", PUBLIC).startswith("there is no host 'nowhere.inv")


def test_too_much_is_refused_by_count_not_by_what_is_promised() -> None:
    with serving(big=body(b"x" * 10_001)) as home:
        assert failure(f"{home}/big") == "it is larger than 10,000 bytes"


def test_as_much_as_is_allowed_is_taken() -> None:
    with serving(big=body(b"x" * 10_000)) as home:
        assert len(fetch(f"{home}/big", config=LOCAL).content) == 10_000


def test_a_packed_page_is_unpacked() -> None:
    with serving(a=body(gzip.compress(PAGE), Content_Encoding="gzip")) as home:
        assert fetch(f"{home}/a", config=LOCAL).content == PAGE


def test_a_page_that_unpacks_to_too_much_is_refused() -> None:
    bomb = gzip.compress(b"x" * 50_000_000)[:9_000]
    with serving(a=body(bomb, Content_Encoding="gzip")) as home:
        assert failure(f"{home}/a") == "it is larger than 10,000 bytes"


def test_an_unknown_packing_is_refused() -> None:
    with serving(a=body(PAGE, Content_Encoding="br")) as home:
        assert failure(f"{home}/a") == "it is packed as 'br', which was not asked for"


def test_broken_packing_is_refused() -> None:
    with serving(a=body(b"no gzip", Content_Encoding="gzip")) as home:
        assert failure(f"{home}/a").startswith("it cannot be fetched: ")


def test_a_page_that_drips_in_is_given_up_when_the_time_is_up() -> None:
    config = LOCAL.model_copy(update={"fetch_timeout_seconds": 0.3})
    start = time.monotonic()
    with serving(slow=drip) as home:
        assert failure(f"{home}/slow", config) == "no whole answer within 0.3 seconds"
    assert time.monotonic() - start < 2


def test_the_time_limit_holds_for_all_redirects_together() -> None:
    def slow_loop(request: Request) -> None:
        time.sleep(0.15)
        moved("/loop")(request)

    config = LOCAL.model_copy(update={"fetch_timeout_seconds": 0.4, "fetch_max_redirects": 20})
    with serving(loop=slow_loop) as home:
        assert failure(f"{home}/loop", config) == "no whole answer within 0.4 seconds"


@pytest.mark.parametrize("status", [204, 403, 404, 500])
def test_an_error_of_the_server_is_passed_on(status: int) -> None:
    with serving(a=body(b"", status=status)) as home:
        assert failure(f"{home}/a") == f"the server answers with status {status}"


def test_an_answer_that_is_not_http_is_an_article_error() -> None:
    def garbage(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"\x00\x01 garbage\r\n\r\n")

    with serving(a=garbage) as home:
        assert failure(f"{home}/a").startswith("it cannot be fetched: ")


def test_a_refused_connection_is_an_article_error() -> None:
    with serving() as home:
        pass
    assert failure(f"{home}/a").startswith("it cannot be fetched: ")


def test_the_encoding_that_the_server_states_is_used() -> None:
    page = "<p>Élections à Conakry</p>"
    with serving(a=body(page.encode("cp1252"), "text/html; charset=Windows-1252")) as home:
        assert fetch(f"{home}/a", config=LOCAL).content.decode() == page


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with serving(port=body(PAGE)) as home:
        assert fetch(f"{home}/port", config=LOCAL).content == PAGE


RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>One</title><link>/one</link></item>
<item><title>Two</title><link>https://example.org/two</link></item>
<item><title>Again</title><link>https://example.org/two</link></item>
<item><title>Bad</title><link>javascript:alert(1)</link></item>
<item><title>None</title></item>
</channel></rss>"""


def test_a_feed_gives_its_addresses_once_each_in_order() -> None:
    with serving(feed=body(RSS, "application/rss+xml")) as home:
        assert feed(f"{home}/feed", config=LOCAL) == (f"{home}/one", "https://example.org/two")


def test_an_atom_feed_is_read_too() -> None:
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title>'
        b'<entry><title>A</title><link href="https://example.org/a"/></entry></feed>'
    )
    with serving(feed=body(atom, "application/atom+xml")) as home:
        assert feed(f"{home}/feed", config=LOCAL) == ("https://example.org/a",)


def test_a_feed_is_cut_to_fifty_addresses() -> None:
    items = "".join(f"<item><link>https://example.org/{n}</link></item>" for n in range(80))
    content = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    with serving(feed=body(content, "text/xml")) as home:
        found = feed(f"{home}/feed", config=LOCAL)
    assert found == tuple(f"https://example.org/{n}" for n in range(50))


@pytest.mark.parametrize("content", [PAGE, b"", b"/etc/passwd", b"http://127.0.0.1:1/"])
def test_what_is_no_feed_is_named_as_such_and_nothing_else_is_opened(content: bytes) -> None:
    with (
        serving(feed=body(content)) as home,
        pytest.raises(ArticleError, match="it is not a feed"),
    ):
        feed(f"{home}/feed", config=LOCAL)


def test_a_feed_cannot_pull_in_files() -> None:
    hostile = (
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<rss version="2.0"><channel><item><link>https://example.org/&x;</link></item>'
        b"</channel></rss>"
    )
    with serving(feed=body(hostile, "text/xml")) as home:
        assert "root:" not in "".join(feed(f"{home}/feed", config=LOCAL))


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::7f00:1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("64:ff9b:1::7f00:1", False),
    ],
)
def test_only_addresses_of_the_open_internet_are_public(address: str, *, public: bool) -> None:
    assert is_public(address) is public
