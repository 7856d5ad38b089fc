-- What a merchandiser should know about how a feed was read, such as an encoding that had to be guessed.
alter table import_jobs add column notes text[] not null default '{}';
