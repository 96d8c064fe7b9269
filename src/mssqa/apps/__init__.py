"""The ways to ask: command line, chat page, and how answers look."""
