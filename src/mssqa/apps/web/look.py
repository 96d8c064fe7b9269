"""How the page looks and what runs in it: the theme, our stylesheets and scripts, one head.

All of it goes out with the page itself; nothing is loaded from elsewhere.
"""

from functools import cache
from importlib.resources import files

from gradio.themes import Base, Font

_FONT = (Font("system-ui"), Font("sans-serif"))  # Gradio's own themes may fetch theirs
_MONO = (Font("ui-monospace"), Font("monospace"))
_STATIC = files(__package__) / "static"
_STYLES = ("page.css", "asking.css", "sources.css", "articles.css")
ASKING = (
    *("kept.js", "sources.js", "notices.js", "limits.js"),
    *("conversation.js", "answering.js", "talks.js", "asking.js"),
)
_SCRIPTS = ("page.js", *ASKING, "articles.js")


def theme() -> Base:
    """Gradio's plainest theme in our colours, for its own components."""
    light = {
        "body_background_fill": "#fbfaf7",
        "body_text_color": "#1c1b1a",
        "body_text_color_subdued": "#5c5750",
        "background_fill_primary": "#ffffff",
        "background_fill_secondary": "#f4f1eb",
        "border_color_primary": "#dcd6cc",
        "block_background_fill": "#ffffff",
        "color_accent": "#0f5c6e",
        "color_accent_soft": "#e1eff2",
        "link_text_color": "#0f5c6e",
        "button_primary_background_fill": "#0f5c6e",
        "button_primary_background_fill_hover": "#0b4755",
        "button_primary_text_color": "#ffffff",
    }
    dark = {
        "body_background_fill": "#161513",
        "body_text_color": "#ece9e4",
        "body_text_color_subdued": "#b0a99e",
        "background_fill_primary": "#1f1d1b",
        "background_fill_secondary": "#2a2724",
        "border_color_primary": "#403c36",
        "block_background_fill": "#1f1d1b",
        "color_accent_soft": "#17343a",
        "link_text_color": "#7cc7d6",
        "button_primary_background_fill": "#7cc7d6",
        "button_primary_background_fill_hover": "#9ad7e3",
        "button_primary_text_color": "#10201f",
    }
    both = light | {f"{name}_dark": colour for name, colour in dark.items()}
    return Base(font=_FONT, font_mono=_MONO).set(**both)


@cache
def head() -> str:
    """What goes into the head of the page: our rules and scripts."""
    styles = (f"<style>{static(name)}</style>" for name in _STYLES)
    scripts = (f"<script>{static(name)}</script>" for name in _SCRIPTS)
    return "\n".join((*styles, *scripts))


def static(name: str) -> str:
    """The text of a file that is shipped with the page."""
    return (_STATIC / name).read_text("utf-8")
