"""Who was harmed: casualty figures, their parts, totals and statistics."""
