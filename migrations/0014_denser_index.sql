-- A denser graph over vectors: with pgvector's default (m = 16, ef_construction = 64) a search among a million items
-- missed a fifth of the twenty nearest (docs/sizing.md). Existing shops' indexes are built anew here.
drop index garments_nearest;
create index garments_nearest on garments using hnsw (embedding vector_cosine_ops)
  with (m = 24, ef_construction = 128) where is_primary;

drop index model_vectors_nearest;
create index model_vectors_nearest on model_vectors using hnsw (embedding vector_cosine_ops)
  with (m = 24, ef_construction = 128) where is_primary;
