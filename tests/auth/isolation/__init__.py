"""A prober that drives every route of the OpenAPI document as someone to whom nothing there belongs."""
