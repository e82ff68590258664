"""Tests of what people decided."""
