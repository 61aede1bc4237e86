"""The desk: see, check and decide in the browser; ``pip install dateline[desk]``."""
