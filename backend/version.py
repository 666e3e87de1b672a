"""The program's version, as its OpenAPI document and its backups tell it.

It is stated nowhere else; `./todo release` writes it. The chart has a version of its own, which the specification sets.
"""

VERSION = "0.1.0"
