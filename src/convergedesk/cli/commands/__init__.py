"""One module per command; each has `run(arguments, ports) -> exit code`."""
