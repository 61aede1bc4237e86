"""From mentions to incidents."""
