"""Development account and leave: what a plan grants, what is asked for and what is used.

Rules and figures are pure; `reading.py` asks the records. Importing this loads no tables.
"""
