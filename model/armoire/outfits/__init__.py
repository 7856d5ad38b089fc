"""Outfits: looks of the street photos, compatibility of garments, and how well it is judged."""
