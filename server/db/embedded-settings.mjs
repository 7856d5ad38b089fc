// How the embedded database is started, by its thread and when it is made. Plain JavaScript, for both.
import { PGlite } from '@electric-sql/pglite';

export const settings = [
  // PostgreSQL fills its buffers at start: the usual 128 MB are held from then on, whatever the shop's size. 32 MB hold
  // the garments, items and indexes of 9,000 items; what lies beyond is in the system's file cache.
  ...['-c', 'shared_buffers=32MB'],
  // A commit is on the disk when it is answered. WebAssembly's fdatasync does nothing, its fsync is ours.
  ...['-c', 'fsync=on', '-c', 'wal_sync_method=fsync'],
];
export const startParams = [
  // -F turns fsync off.
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  ...settings,
];
