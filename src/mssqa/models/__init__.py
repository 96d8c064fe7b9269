"""The only folder that knows torch, transformers and sentence-transformers."""
