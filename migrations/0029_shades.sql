-- The leading colours of a garment's own pixels, largest first: [{"colour": "navy", "share": 0.71, "lab": [21, 2, -18]}].
-- Null where they were not measured: for a whole picture, and for garments parsed before.
alter table garments add column shades jsonb;
