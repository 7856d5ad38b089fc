-- The dominant colour as the embedder tells it; null where the model that embedded the garment tells none.
alter table garments add column colour text check (colour in (
  'black', 'white', 'grey', 'beige', 'brown', 'red', 'orange', 'yellow', 'green', 'blue', 'navy', 'purple', 'pink'));
