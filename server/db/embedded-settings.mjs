// Settings of the embedded database, for its thread and for its creation. Plain JavaScript, for both.
import { PGlite } from '@electric-sql/pglite';

export const settings = [
  // PostgreSQL allocates its buffers at start, so the default 128 MB would be held whatever the shop's size. 32 MB hold
  // the garments, items and indexes of 9,000 items; the rest is in the system's file cache.
  ...['-c', 'shared_buffers=32MB'],
  // A commit is on disk once it is acknowledged. WebAssembly's fdatasync does nothing; its fsync is ours.
  ...['-c', 'fsync=on', '-c', 'wal_sync_method=fsync'],
];
export const startParams = [
  // -F turns fsync off.
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  ...settings,
];
