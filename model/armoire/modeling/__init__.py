"""Networks: backbone, detector (the parser), embedder, and pretrained weights for them."""
