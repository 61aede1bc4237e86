"""From a document to claims and mentions: one file a question."""
