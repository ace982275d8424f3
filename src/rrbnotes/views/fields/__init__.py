"""The fields of the JSON formats, each with its type and what it says: a promise, only ever added to.

The type checker holds to these classes what makes the objects, a test what is printed; `rrb schema` is made from them. What
may be `None` is null where there is nothing to say: every field is always there.
"""
