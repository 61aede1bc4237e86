"""Who says so: attributions, the sources behind them, and their chains."""
