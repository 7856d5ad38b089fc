-- The attempt of an import whose end was noted last, so that it is told once. What ended before there were webhooks is
-- not news.
alter table import_jobs add column told_attempt integer;
update import_jobs set told_attempt = attempt where finished_at is not null;
