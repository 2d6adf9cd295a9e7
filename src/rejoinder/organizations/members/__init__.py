"""Who belongs to an organization, and at which level.

Somebody who was removed stays readable wherever they wrote or were assigned something.
"""
