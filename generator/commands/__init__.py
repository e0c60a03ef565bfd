"""The commands besides build and check: one file a group, each adds itself to the parser."""
