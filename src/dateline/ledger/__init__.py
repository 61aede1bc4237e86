"""Where documents, claims, incidents and judgements are kept."""
