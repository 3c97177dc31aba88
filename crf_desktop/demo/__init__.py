"""A study with synthetic participants, made by the same acts a person would make."""
