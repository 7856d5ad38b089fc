// How the embedded database is started, by its thread and when it is made. Plain JavaScript, for both.
import { PGlite } from '@electric-sql/pglite';

// PostgreSQL fills its buffers at start: the usual 128 MB are held from then on, whatever the shop's size. 32 MB hold
// the garments, items and indexes of 9,000 items; what lies beyond is in the system's file cache.
export const settings = ['-c', 'shared_buffers=32MB'];
export const startParams = [...PGlite.defaultStartParams, ...settings];
