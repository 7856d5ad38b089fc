"""ONNX export, and running the exported files as the server does."""
