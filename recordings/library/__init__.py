"""What there is to watch: recordings of parts, their files in several sizes, who may see them."""
