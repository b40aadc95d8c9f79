"""The longer talks: what the plan asks for, what the records say, what is said and agreed."""
