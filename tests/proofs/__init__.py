"""Proofs: the same work under rush and under kill -9, and controls that must fail."""
