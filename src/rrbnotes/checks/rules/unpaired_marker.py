"""unpaired-marker: a marker of a part that rrb writes has lost its other half."""

from collections.abc import Iterator

from rrbnotes.diagnostics import Finding
from rrbnotes.keeping.generated import PREVIOUS, SUMMARY, TODO, slip
from rrbnotes.notebook import Minutes


def unpaired_marker(minutes: Minutes) -> Iterator[Finding]:
    """A marker of a part that rrb writes into the note opens or closes nothing, or stands there twice.

    `rrb summary --write` and `rrb new` write between two markers and nowhere else. With one of them gone they refuse, and
    nobody can tell any more which of the lines are rrb's.

    Bad:
        ### Action Summary

        <!-- rrb:summary -->

        | No. | Action | Due | Ref |
        | --- | --- | --- | --- |
        | 1 | MPS to share the custody figures. | | 2026-01-12.1 |

    Good:
        ### Action Summary

        <!-- rrb:summary -->

        | No. | Action | Due | Ref |
        | --- | --- | --- | --- |
        | 1 | MPS to share the custody figures. | | 2026-01-12.1 |

        <!-- /rrb:summary -->

    Mend:
        Put the other marker where the part begins or ends, or take the marker out; what stood between is then yours.
    """
    if "rrb:" not in minutes.source.text.casefold():
        return
    for name in (SUMMARY, PREVIOUS):
        wrong = slip(minutes.source, name)
        if wrong:
            line, what = wrong
            yield Finding(minutes.source.whole_line(line), what, TODO)
