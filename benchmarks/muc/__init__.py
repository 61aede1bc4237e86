"""MUC-4: templates for reports on terrorism in Latin America, from what the reader gives."""
