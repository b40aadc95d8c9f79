"""The kunskapsprov: when someone may sit it, what stops it, and how each stop is mended.

What is worked out is pure; `reading.py` asks the records. Importing this loads no tables.
"""
