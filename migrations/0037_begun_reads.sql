-- How often reading has begun since a row was last imported. Whoever reads takes it back when reading ends, well or not, so
-- that what is left counts servers that ended within it.
alter table import_jobs add column begun_reads smallint not null default 0;
