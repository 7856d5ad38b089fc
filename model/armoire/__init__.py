"""The model behind Armoire: finds garments in photos, and embeds them for retrieval."""
