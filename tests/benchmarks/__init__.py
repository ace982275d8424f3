"""How fast rrb is beside its peers: `python tests/benchmarks` measures, `python tests/benchmarks series` writes notes."""
