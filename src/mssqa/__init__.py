"""Questions answered from a folder of news articles, every sentence backed by an exact quote."""

__version__ = "0.1.0"
