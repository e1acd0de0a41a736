"""Places on the dates of a series: taken together, told together."""
