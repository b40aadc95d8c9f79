"""Evaluations: what there is to evaluate, the form, the results, and the units' answers."""
