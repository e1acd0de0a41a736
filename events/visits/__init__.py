"""Exchange visits: who may send how many, and what the host has to see to."""
