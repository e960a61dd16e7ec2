"""政策: what is in force here, who signed it, and how the county changes it."""
