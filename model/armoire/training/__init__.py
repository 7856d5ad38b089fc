"""Training the parser: configuration, optimizer, learning rate, EMA, checkpoints, the loop."""
