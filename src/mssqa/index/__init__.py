"""The index on disk: a catalog, a word index and a vector index, in generations."""
