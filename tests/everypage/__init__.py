"""Every page: one case for each, looked at in both widths and themes and in a made-up language."""
