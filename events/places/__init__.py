"""Where things happen: venues and rooms."""
