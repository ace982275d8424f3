"""The register: the action log in YAML, read with places and changed in place."""
