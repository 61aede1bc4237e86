"""Writing readings and incidents in forms that others load."""
