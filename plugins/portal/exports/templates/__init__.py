"""Spreadsheets to be filled in: a table with drop-downs and checks, what each column means, and three examples.

All of it is made from the schemas, the code lists and the records that exist; ../to_templates.py writes the files.
"""
