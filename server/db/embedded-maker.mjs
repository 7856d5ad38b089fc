// Makes an empty embedded database in the folder that it is given, and ends. initdb takes 0.6 GiB, of which a process
// that lives on would keep a quarter.
import { setFlagsFromString } from 'node:v8';

// Every function runs for three seconds at the most: compiling them a second time, optimized, takes longer than it
// saves, and memory. The flag counts for what is loaded from here on.
setFlagsFromString('--liftoff-only');
const { PGlite } = await import('@electric-sql/pglite');
const { settings, startParams } = await import('./embedded-settings.mjs');

const db = await PGlite.create({ dataDir: process.argv[2], startParams, initDbStartParams: settings });
await db.close();
