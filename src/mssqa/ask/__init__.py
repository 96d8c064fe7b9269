"""From what is typed to a query."""
