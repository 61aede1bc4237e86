"""Trains the learned readers. Needs PyTorch; nothing here is imported by Dateline itself."""
