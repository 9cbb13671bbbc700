"""What is done with quotas."""

from identification.services.quotas.computing import Order, Reproduction, compute_run, reproduce
from identification.services.quotas.publishing import discard_run, publish_run
from identification.services.quotas.reading import decoded, read_inputs
from identification.services.quotas.settling import Settled, most_recognised, settle
from identification.services.quotas.transferring import agree_transfer, ask_transfer, decline_transfer

__all__ = [
    "Order",
    "Reproduction",
    "Settled",
    "agree_transfer",
    "ask_transfer",
    "compute_run",
    "decline_transfer",
    "decoded",
    "discard_run",
    "most_recognised",
    "publish_run",
    "read_inputs",
    "reproduce",
    "settle",
]
