"""What presence earns: schemes and the ledger."""
