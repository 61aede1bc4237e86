"""Getting documents in: files, folders, standard input; text, HTML, JSON Lines."""
