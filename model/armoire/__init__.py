"""Armoire's parser and embedder: network, data, training, evaluation, export."""
