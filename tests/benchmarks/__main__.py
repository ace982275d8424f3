"""Measures rrb beside its peers; `series FOLDER NOTES` writes the notes alone."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)  # tests import each other from their own folder
    from benchmarks import command, series

    if sys.argv[1:2] == ["series"]:
        series.main(sys.argv[2:])
    else:
        command.main(sys.argv[1:])
