"""When: TIMEX3 expressions and their values."""
