"""An evaluation as one HTML page: figures, curves, and the failures as pictures."""

from armoire.evaluation.report.page import MAX_PICTURES, write_report

__all__ = ["MAX_PICTURES", "write_report"]
