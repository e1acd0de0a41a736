"""Pages of the network: what there is, clusters, schools and people, lists."""
