"""Workflows of identification."""

from identification.workflow.cases import case_workflow, office_and_days, step_named, workflow_of
from identification.workflow.meetings import meeting_workflow, round_workflow, veto_workflow
from identification.workflow.quotas import run_workflow, transfer_workflow

__all__ = [
    "case_workflow",
    "meeting_workflow",
    "office_and_days",
    "round_workflow",
    "run_workflow",
    "step_named",
    "transfer_workflow",
    "veto_workflow",
    "workflow_of",
]
