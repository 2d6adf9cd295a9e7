"""`rejoinder backup`: the database at one moment, its files and its secrets, in one file.

The file is a tar: anybody can look into it, and `sha256sum` can check it, without Rejoinder.
"""
