"""Where: toponyms resolved to the gazetteer, sites, and the dateline."""
