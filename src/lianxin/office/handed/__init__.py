"""What the county hands down and the office takes on: rules, holidays, lists."""
