"""Object storage: places that are named by an address, such as s3://bucket/prefix.

What belongs here: the address, what lets us in, and listing, reading, writing and deleting
objects. What does not: which objects hold documents (etl/landing/bucket.py), which releases are
uploaded (etl/warehouse/uploads.py), and the environment that holds credentials
(assets/guard/object_access.py).
"""
