"""`python -m rrbnotes`."""

from rrbnotes.cli.main import main

main()
