"""Workflows of identification."""

from identification.workflow.quotas import run_workflow, transfer_workflow

__all__ = ["run_workflow", "transfer_workflow"]
