"""Workbooks as clerks keep them, read into candidate rows with readings and doubts."""
