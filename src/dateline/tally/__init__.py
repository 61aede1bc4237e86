"""From an incident to low / best / high, independent sources, grade and disputes."""
