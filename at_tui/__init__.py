"""What the programme does, without a screen: rules, documents, interchange, command line.

May import `data` and `schema`. Never Textual, never SQLAlchemy.
"""
