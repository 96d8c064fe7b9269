"""`python -m mssqa` and the `mssqa` command."""


def main() -> None:
    """Run the command line."""
    from mssqa.apps.cli import run

    run()


if __name__ == "__main__":
    main()
