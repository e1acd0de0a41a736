"""One way to tell a person something: letters in the reader's language."""
