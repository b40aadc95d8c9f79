"""Units and supervisors: who is qualified, where there is room, and what lacks.

What is worked out is pure; `reading.py` asks the records. Importing this loads no tables.
"""
