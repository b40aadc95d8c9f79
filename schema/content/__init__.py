"""Models that check the content files (curricula, programmes, instruments, prompts)."""
