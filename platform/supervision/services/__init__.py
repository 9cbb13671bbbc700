"""What is done with issues and reports."""

from supervision.services.issues import close_issue
from supervision.services.reports import answer_report, open_report

__all__ = ["answer_report", "close_issue", "open_report"]
