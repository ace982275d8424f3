"""Reconciling: what the meetings of a board say, put together into actions with their history."""
