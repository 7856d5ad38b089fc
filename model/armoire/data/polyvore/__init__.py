"""Readers of the public outfit sets, for those who have the folders.

Polyvore Outfits (Vasileva 2018), Maryland Polyvore (Han 2017) and owj0421's re-packing; a strict
re-split without shared items; galleries for recall@k.
"""
