"""Who is in need, found in the open: the quotas that stand beside it."""
