"""Data sets: samples and their readers, masks and boxes, augmentation, training batches."""
