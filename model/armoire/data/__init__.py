"""Readers of annotated photos, their augmentation and their batches."""
