"""Invented records that look real: for trying the programme, for pictures and for measuring.

Deterministic: the same size, seed and day give the same records with the same ids. The phrases
stand as data in `data/demo/`. Import its modules inside the function that needs them: they bring
the tables with them.
"""
