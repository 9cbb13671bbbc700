"""The reference of P1: the public list of needs as a Django ListView with keyset paging, on the same tables."""
