-- The model that each running server embeds with: what the garments were parsed with may go only once all have the next.
alter table servers add column model text;
