"""What video services kept of meetings: fetched after the end, before it is lost there."""
