"""What the paper world is, as data: the single form, standards, rules, papers, rosters, and the loader that refuses bad data."""
