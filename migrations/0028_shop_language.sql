-- The language of the pages that shoppers see; null for the browser's own.
alter table shops add column language text check (language in ('en', 'de', 'fr', 'es'));
