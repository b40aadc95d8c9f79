"""How fast it is: `python -m bench` over a real pseudo-terminal, against the budgets of the design.

Machines differ, so a budget is a ratio to something measured in the same run: an empty Python or a
ten-line Textual application. Not part of the installed programme; may import any room.
"""
