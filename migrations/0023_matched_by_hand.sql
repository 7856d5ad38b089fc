-- A merchandiser says that an item is clothing, although the feed's words are of something else.
alter table items add column match_by_hand boolean not null default false;
