"""`python -m rrbnotes`, and where `rrb` begins: an interruption is heeded before anything else is loaded."""

import sys


def main() -> None:
    """Run `rrb`; whoever interrupts it while it loads or ends sees no trace."""
    try:
        from rrbnotes.cli.main import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
