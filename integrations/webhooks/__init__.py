"""Doors for notices of providers: checked, kept once, answered at once; what follows comes later."""
