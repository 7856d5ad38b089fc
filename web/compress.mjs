// Compresses the scripts and sheets of a build once and well, from where server/http/compressed-files.ts serves them: Brotli at
// its best takes too long for each request, and makes them a seventh smaller than gzip. Plain JavaScript on Node's own
// modules, run after `next build web`: `node web/compress.mjs`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const STATIC = fileURLToPath(new URL('.next/static', import.meta.url));

export function compressBuild(folder = STATIC) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.(?:js|css)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const params = { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT };
    writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path), { params }));
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) compressBuild();
