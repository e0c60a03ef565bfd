"""The commands of the command line, one file each: `arguments` adds its options to a parser, `run` does it and gives the exit status."""
