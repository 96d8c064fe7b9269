"""From a file to an article: read, clean, date, split."""
