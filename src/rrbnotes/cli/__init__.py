"""The command line: options, the clock, standard output and exit codes. Everything else is below."""
