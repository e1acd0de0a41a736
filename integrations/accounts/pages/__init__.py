"""Pages of connections: the list, adding one, how one fares, changing one."""
