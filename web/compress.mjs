// Compresses a build's scripts and sheets once and well; server/http/compressed-files.ts serves them. Brotli at its best
// takes too long for each request, and makes them a seventh smaller than gzip. After `next build web`: `node web/compress.mjs`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const STATIC = fileURLToPath(new URL('.next/static', import.meta.url));
const params = { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT };

for (const entry of readdirSync(STATIC, { withFileTypes: true, recursive: true })) {
  if (!entry.isFile() || !/\.(?:js|css)$/.test(entry.name)) continue;
  const path = join(entry.parentPath, entry.name);
  writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path), { params }));
}
