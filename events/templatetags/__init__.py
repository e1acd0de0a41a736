"""Template tags: the words and figures of the pages."""
