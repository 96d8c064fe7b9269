"""The only folder that knows torch, transformers, sentence-transformers, spaCy and openai."""

from mssqa import config
from mssqa.ports import Embedder, Generator, Models, Parser, Reader

__all__ = ["load_embedder", "load_generator", "load_models", "load_parser", "load_reader"]


def load_models(config: config.Config) -> Models:
    """All that the settings name.

    Raises:
        ModelError: weights are missing, are not the expected ones, or will not load.
    """
    return Models(
        embedder=load_embedder(config.embedder),
        reader=load_reader(config.reader),
        parser=load_parser(),
        generator=load_generator(config.generator),
    )


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


def load_generator(config: config.Generator) -> Generator | None:
    """The language model that the settings name; none where they ask for quotes alone.

    Only a Hugging Face name makes this reach the network. A server is not asked before there is
    something to write, so that one that is started later will do.

    Raises:
        ModelError: the weights are missing, are not the expected ones, or will not load; or the
            environment variable that should hold the key is not set.
    """
    match config.kind:
        case "quote":
            return None
        case "phrase":
            from mssqa.models.smollm import load_smollm

            return load_smollm(config)
        case "transformers":
            from mssqa.models.chat import load_chat

            return load_chat(config)
        case "openai":
            from mssqa.models.server import ServerModel

            return ServerModel(config)
