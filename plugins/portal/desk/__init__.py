"""The publisher's desk: the spreadsheets that people keep become records, and go back to them with what to mend.

The rules are those of the schemas, the code lists and checks/. The same steps are taken in the browser by
theme/static/js/desk/, on what exports/to_desk.py writes; tests/data/cases.yaml holds both to the same sentences.
"""
