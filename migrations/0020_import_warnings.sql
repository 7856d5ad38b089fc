-- A row of a feed can have one error, or any number of warnings: values that were left out of an item which was imported.
alter table import_errors
  add column severity text not null default 'error' check (severity in ('error', 'warning')),
  -- The feed's column; null if the fault is of the whole row.
  add column column_name text,
  -- Tells apart the faults of one row: 0 for the error, and for warnings a number that is the same at every reading.
  add column ordinal smallint not null default 0,
  drop constraint import_errors_pkey,
  add primary key (shop_id, job_id, row_number, ordinal);

create index import_errors_by_severity on import_errors (shop_id, job_id, severity, row_number);
