"""Tables of identification."""

from identification.models.quotas import (
    QuotaLine,
    QuotaRun,
    QuotaSettlement,
    QuotaTransfer,
    RunStage,
    TransferStage,
)

__all__ = ["QuotaLine", "QuotaRun", "QuotaSettlement", "QuotaTransfer", "RunStage", "TransferStage"]
