"""Certificates: frozen facts, numbers, documents, the check page."""
