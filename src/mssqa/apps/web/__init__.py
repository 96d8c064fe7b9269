"""The chat page: built with Gradio, served to this computer unless there are users."""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # before Gradio is loaded, which would report

from mssqa.apps.web.opening import Opening
from mssqa.apps.web.page import build_page
from mssqa.apps.web.serve import serve, serve_page

__all__ = ["Opening", "build_page", "serve", "serve_page"]
