"""What one sees: the Textual application, one file per screen with its style beside it.

May import every other room; nothing imports this one but the front door.
"""
