"""Measurements beside the peers, and the fitting of weights; never imported by the product."""
