"""What happened: events, the mentions they make, and what belongs to each."""
