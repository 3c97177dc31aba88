"""The vocabulary of a study: definitions, paths, data, values, expressions. No Qt, no SQL, no file."""
