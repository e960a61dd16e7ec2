"""The list of policies beside the form: what the household may receive, and why."""
