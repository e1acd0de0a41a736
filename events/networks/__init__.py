"""How schools belong together: countries, programmes, clusters, communities."""
