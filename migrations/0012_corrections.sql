-- A merchandiser's corrections of what the parser and the feed say, each with what it stands in place of, so that it
-- can be taken back.
alter table garments
  drop column corrected_category,
  -- `category` is a merchandiser's word, and `parsed_category` the parser's.
  add column corrected boolean not null default false,
  add column parsed_category smallint check (parsed_category between 1 and 13);

alter table items
  -- The category of the primary garment was corrected by hand. The feed's word is then kept in `said_category`, and
  -- `feed_category`, which all searches heed before the garment's own, is null.
  add column corrected boolean not null default false,
  add column said_category smallint check (said_category between 1 and 13),
  add check (not corrected or feed_category is null);
