"""COCO AP, thresholds and calibration of the parser, tables and the HTML report."""
