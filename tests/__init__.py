"""Tests of kb: `unit` needs nothing, `integration` needs engines, `packaging` looks at what is shipped.

Every folder of tests is a package, so pytest puts the root of the clone on the path and helpers are
imported by their full name: ``from tests.shared import shared_path``. A new folder of tests needs an
`__init__.py` of its own.
"""
