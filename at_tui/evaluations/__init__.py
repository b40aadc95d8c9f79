"""The trainee's view of placements and lectures: what there is to evaluate, sealing, results,
and what the units did about them. Nothing here knows who answered (docs/evaluation.md)."""
