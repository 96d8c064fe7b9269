"""The Articles tab: what is in the corpus, and adding to it, removing from it, building.

asked.py       what the script sends, checked
listing.py     which articles are listed, in which order; how many of each month
looking.py     the tab as it stands
adding.py      articles into the corpus
building.py    a build as it goes on
changing.py    what somebody does, told as it goes on
view.py, outcome.py   all of it as HTML
tab.py         the component and its events
"""

from mssqa.apps.web.articles.changing import Changing
from mssqa.apps.web.articles.looking import Looking
from mssqa.apps.web.articles.tab import articles_tab

__all__ = ["Changing", "Looking", "articles_tab"]
