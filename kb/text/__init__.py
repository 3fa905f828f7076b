"""Text in the forms kb handles: quotes, near names, YAML and XML files, Cypher as text, whole files."""
