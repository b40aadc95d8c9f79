"""What can be recorded and asked: tables, content models and value types. No I/O.

Imports nothing of ours.
"""
