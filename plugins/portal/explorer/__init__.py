"""The explorer: an index of the grants as plain files, which a page searches, filters and counts without a server."""
