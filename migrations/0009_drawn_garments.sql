-- Where a garment of a photo comes from: the parser, or a region that the shopper drew where it missed one.
alter table garments add column origin text not null default 'parsed' check (origin in ('parsed', 'drawn'));
