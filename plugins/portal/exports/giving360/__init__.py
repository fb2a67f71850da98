"""The parts of the export into the 360Giving Data Standard."""
