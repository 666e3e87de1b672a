"""The program's version, as its OpenAPI document and its backups tell it."""

VERSION = "0.1.0"
