"""The commands: one file a group, each a thin layer over the wiring."""
