"""The baseline: findings that a board knows of and leaves for later, so that only new ones count."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rrbnotes.diagnostics import Diagnostic
from rrbnotes.errors import RrbError

VERSION = 1


@dataclass(frozen=True, slots=True)
class Baseline:
    """The known findings, each with a line that tells people what it is."""

    known: Mapping[str, str]
    """By fingerprint, which stays when lines move."""


def read_baseline(text: str, shown: str) -> Baseline:
    """The baseline in a file's text; raises `RrbError` where it is none."""
    try:
        data = json.loads(text)
        if data["version"] != VERSION:
            raise RrbError(
                f"{shown}: version {data['version']} of the baseline; use a newer rrb, or write it anew"
            )
        return Baseline({entry["fingerprint"]: str(entry["finding"]) for entry in data["findings"]})
    except RecursionError as why:
        raise RrbError(
            f"{shown}: not a baseline (nested too deeply); write it anew with --write-baseline"
        ) from why
    except (ValueError, KeyError, TypeError) as why:
        raise RrbError(f"{shown}: not a baseline ({why}); write it anew with --write-baseline") from why


def baseline_text(found: Iterable[Diagnostic]) -> str:
    """A baseline that knows these findings, in order of path, rule and words, so that it changes little when notes do."""
    entries = [
        {"fingerprint": one.fingerprint, "finding": f"{one.path}: {one.finding.message} ({one.name})"}
        for one in found
    ]
    entries.sort(key=lambda entry: (entry["finding"], entry["fingerprint"]))
    return json.dumps({"version": VERSION, "findings": entries}, indent=2, ensure_ascii=False) + "\n"


def new_since(found: Iterable[Diagnostic], known: Baseline) -> tuple[Diagnostic, ...]:
    """The findings that the baseline does not know."""
    return tuple(one for one in found if one.fingerprint not in known.known)


def stale(found: Iterable[Diagnostic], known: Baseline) -> list[str]:
    """What the baseline knows and nobody finds any more."""
    seen = {one.fingerprint for one in found}
    return [finding for mark, finding in known.known.items() if mark not in seen]
