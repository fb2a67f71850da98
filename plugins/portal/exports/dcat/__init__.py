"""The parts of the catalog for harvesters; to_dcat.py and to_data_json.py put them together."""
