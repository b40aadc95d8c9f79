"""Education on screen: one training's own, and occasions with a whole group's attendance."""
