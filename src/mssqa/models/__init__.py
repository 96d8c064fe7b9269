"""The only folder that knows torch, transformers, sentence-transformers and spaCy."""

from mssqa import config
from mssqa.ports import Embedder, Parser, Reader

__all__ = ["load_embedder", "load_parser", "load_reader"]


def load_embedder(config: config.Embedder) -> Embedder:
    """The embedder that the settings name. Model libraries are imported now, not before.

    Only a Hugging Face name makes this reach the network.

    Raises:
        ModelError: the weights are missing, are not the expected ones, or will not load.
    """
    from mssqa.models.embedder import ConfiguredEmbedder, PackagedEmbedder

    return PackagedEmbedder(config) if config.model == "packaged" else ConfiguredEmbedder(config)


def load_reader(config: config.Reader) -> Reader:
    """The reader that the settings name; see `load_embedder`.

    Raises:
        ModelError: the weights are missing, are not the expected ones, or will not load.
    """
    from mssqa.models.reader import configured_reader, packaged_reader

    return packaged_reader(config) if config.model == "packaged" else configured_reader(config)


def load_parser() -> Parser:
    """The parser of English sentences.

    Raises:
        ModelError: its model is missing, is not the expected one, or will not load.
    """
    from mssqa.models.parser import SpacyParser

    return SpacyParser()
