"""What all operations of the API share: answers, pages, keys, conditions."""
