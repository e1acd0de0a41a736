"""The words on the papers: whole sentences in the national language and in English."""
