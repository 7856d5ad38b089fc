"""The embedder: crops, training pairs, contrastive training, retrieval benchmarks, calibration."""
