"""What a good desk clerk does: believe, judge, fan out, count days, keep, list. No Qt, no ink."""
