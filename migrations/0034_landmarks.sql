-- A garment's landmarks in the order of its category's, x, y and confidence of each, in pixels of its image. Null where the
-- parser had no landmark branch.
alter table garments add column landmarks real[];
