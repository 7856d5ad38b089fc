"""An evaluation as one HTML page: figures, curves, and the failures as pictures."""

from armoire.evaluation.report.page import write_report

__all__ = ["write_report"]
