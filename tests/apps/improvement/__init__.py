"""Tests of improvement cycles."""
