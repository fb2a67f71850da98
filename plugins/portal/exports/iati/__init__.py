"""What the IATI export is made of: XML from tables, the tables themselves, what they look up, the check."""
