"""`rejoinder doctor`: is everything as it should be, and if not, what is to be done?

Each check looks and changes nothing; one that cannot look says so as a finding.
"""
