"""From a query to evidence: search, fuse, read."""
