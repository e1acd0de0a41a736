"""Files for ministries: frozen batches with manifests."""
