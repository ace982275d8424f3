"""`rrb schema`."""

import typer


def schema(ctx: typer.Context) -> None:
    """Print the JSON Schema of the settings, for editors."""
    import json

    from rrbnotes.checks.rules import RULES
    from rrbnotes.cli.talk import put
    from rrbnotes.views.schema import settings_schema

    put(json.dumps(settings_schema(rule.name for rule in RULES), indent=2, ensure_ascii=False) + "\n")
