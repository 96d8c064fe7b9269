import re
from datetime import date
from pathlib import Path

import pytest
from doubles import FakeEmbedder
from small_corpus import config_in, page, write_files

from mssqa.apps.web.articles.asked import Look
from mssqa.apps.web.articles.listing import Count, Order
from mssqa.apps.web.articles.looking import Looking, Seen
from mssqa.apps.web.articles.plot import COLOURS, plot
from mssqa.apps.web.articles.view import MOST_LISTED, listed
from mssqa.apps.web.wording import wording
from mssqa.build import build_index
from mssqa.config import Config
from mssqa.errors import ArticleError, IndexCorruptError
from mssqa.types import Article

WORDS = wording("en")
FILES = {
    "harbour.md": page(
        "Harbour <b>",
        "The harbour opened its third basin.\n\n- Advertisement -\n\nShips dock there now.",
        published="2025-03-03",
        publisher="The <i>Gazette</i>",
    ),
    "rice.md": page("Rice", "A sack of rice costs 3,200 shillings."),
}


@pytest.fixture
def config(tmp_path: Path) -> Config:
    made = config_in(tmp_path)
    write_files(made, FILES)
    build_index(made, embedder=FakeEmbedder())
    return made


@pytest.fixture
def looking(config: Config) -> Looking:
    return Looking(config, today=lambda: date(2025, 3, 5))


def ids(seen: Seen) -> list[str]:
    return re.findall(r'data-id="(\w+)"', seen.list)


def test_the_tab_shows_what_is_indexed_and_how_fresh_it_is(looking: Looking) -> None:
    seen = looking.look(Look(), WORDS)
    assert seen.summary == '<p class="count">2 articles, the newest of 3 March 2025, 2 days ago</p>'
    assert seen.publishers == ("The <i>Gazette</i>",)
    assert seen.trash == '<p class="none">Nothing was removed.</p>'
    assert '<p class="undated">1 article has no date.</p>' in seen.months
    assert '<th scope="row">2025-03</th><td>The &lt;i&gt;Gazette&lt;/i&gt;</td>' in seen.months
    assert "Harbour &lt;b&gt;</button>" in seen.list


def test_a_search_says_how_many_it_found(looking: Looking) -> None:
    seen = looking.look(Look(words="rice", order=Order.TITLE), WORDS)
    assert (seen.told, len(ids(seen))) == ("1 article found", 1)
    seen = looking.look(Look(words="nothing of the kind"), WORDS)
    assert seen.list == '<p class="none">No article has all of these words.</p>'


def test_an_open_article_says_what_was_left_out_and_how_its_date_is_known(
    looking: Looking,
) -> None:
    harbour, rice = ids(looking.look(Look(), WORDS))
    shown = looking.open(harbour, WORDS)
    assert "<p>Ships dock there now.</p>" in shown
    assert '<p class="file">harbour.md · date as the file states it</p>' in shown
    assert "1 block of the file was left out: advertisement (1)</summary>" in shown
    assert '<li><span class="reason">advertisement</span> - Advertisement -</li>' in shown
    assert "Nothing of the file was left out." in looking.open(rice, WORDS)


def test_an_article_whose_file_has_changed_is_shown_as_it_is_indexed(
    looking: Looking, config: Config
) -> None:
    harbour, _ = ids(looking.look(Look(), WORDS))
    (config.corpus.path / "harbour.md").write_text("Something else entirely.")
    shown = looking.open(harbour, WORDS)
    assert "<p>Ships dock there now.</p>" in shown
    assert "Its file has changed or gone since the index was built." in shown
    (config.corpus.path / "harbour.md").unlink()
    assert "Its file has changed or gone" in looking.open(harbour, WORDS)


def test_an_article_that_is_gone_is_told(looking: Looking) -> None:
    with pytest.raises(ArticleError, match="no longer among the articles"):
        looking.open("0" * 16, WORDS)


def test_a_newer_index_is_seen(looking: Looking, config: Config) -> None:
    before = looking.look(Look(), WORDS).generation
    (config.corpus.path / "rice.md").unlink()
    build_index(config, embedder=FakeEmbedder())
    assert looking.generation != before
    assert len(ids(looking.look(Look(), WORDS))) == 1


def test_without_an_index_the_tab_says_so(tmp_path: Path) -> None:
    seen = Looking(config_in(tmp_path)).look(Look(), WORDS)
    assert (seen.generation, seen.dated) == ("", False)
    assert "No article is indexed yet." in seen.list


def test_a_damaged_index_is_an_error(looking: Looking, config: Config) -> None:
    (config.index.path / "CURRENT").write_text("nonsense")
    with pytest.raises(IndexCorruptError):
        looking.look(Look(), WORDS)


def test_of_very_many_articles_the_rest_is_counted() -> None:
    many = [Article(path=f"{n}.md", title=f"T{n}", text=f"x{n}") for n in range(MOST_LISTED + 2)]
    shown = listed(many, WORDS)
    assert shown.count("<li") == MOST_LISTED
    assert shown.endswith('<p class="more">2 more are not listed: search for them.</p>')


def test_the_plot_gives_the_busiest_publishers_colours_of_their_own() -> None:
    counts = [Count(period="2025", publisher=f"P{n}", articles=20 - n) for n in range(COLOURS + 2)]
    drawn = plot(counts, WORDS)
    assert '<span class="c0" style="--n:20" title="P0, 2025: 20"></span>' in drawn
    assert '<span class="c6" style="--n:13" title="P7, 2025: 13"></span>' in drawn
    assert '<li><span class="c5"></span>P5</li><li><span class="c6"></span>others</li>' in drawn
    assert f'style="--most:{sum(each.articles for each in counts)}"' in drawn


def test_with_few_publishers_there_are_no_others_in_the_plot() -> None:
    drawn = plot([Count(period="2025", publisher=None, articles=1)], WORDS)
    assert '<ul class="legend"><li><span class="c0"></span>publisher unknown</li></ul>' in drawn


def test_without_dates_there_is_no_plot() -> None:
    assert plot((), WORDS) == ""
