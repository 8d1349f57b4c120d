"""Tests of feedback, coaching and objectives."""
