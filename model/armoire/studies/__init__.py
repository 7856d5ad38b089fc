"""Experiments: networks compared, AP over milliseconds, SE gates, float16, torchvision."""
