"""The video services that are recognised, one small file each."""
