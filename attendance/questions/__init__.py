"""Questions on recordings: credit for who read, listened or watched where nobody counts."""
