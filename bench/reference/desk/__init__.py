"""The same tickets as a Django REST Framework application in the common style, for comparison.

Models over our tables, viewset, serializers with nested objects, `select_related`, pages by limit
and offset. Neither tuned nor held back: no authentication, no middleware that it does not need.
"""
