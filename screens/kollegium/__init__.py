"""The kollegium on screen: prepared, held, and followed up."""
