"""What the helper process does for rosters: open the store to read, judge nothing anew, write one workbook. Qt-free."""
