-- SHA-256 of the token that a photo's uploader keeps: it takes that to change or delete the photo. Photos from before
-- have none, and go when they expire.
alter table photos add column owner_hash bytea;
