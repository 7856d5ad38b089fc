// Creates an empty embedded database in the given folder, and exits. initdb takes 0.6 GiB, a quarter of which a process
// that lived on would keep.
import { setFlagsFromString } from 'node:v8';

// Every function runs for three seconds at most, so optimizing them costs more time and memory than it saves. The flag
// applies to what is loaded from here on.
setFlagsFromString('--liftoff-only');
const { PGlite } = await import('@electric-sql/pglite');
const { settings, startParams } = await import('./embedded-settings.mjs');

const db = await PGlite.create({ dataDir: process.argv[2], startParams, initDbStartParams: settings });
await db.close();
