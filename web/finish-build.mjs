// What `next build web` leaves undone for its scripts and sheets. After it: `node web/finish-build.mjs`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const BUILD = fileURLToPath(new URL('.next', import.meta.url));
const STATIC = join(BUILD, 'static');

compileEarly();
compress();

/**
 * Chromium compiles the functions of scripts that begin like this beside the main thread, as it loads them, rather than
 * each when it is first called; other browsers see a comment. For React and Next's router alone, which every page runs as
 * a whole: the longest task of a page's start takes half the time.
 */
function compileEarly() {
  const HINT = '//# allFunctionsCalledOnLoad\n';
  const { rootMainFiles } = JSON.parse(readFileSync(join(BUILD, 'build-manifest.json'), 'utf8'));
  for (const file of rootMainFiles) {
    const path = join(BUILD, file);
    const script = readFileSync(path, 'utf8');
    if (!script.startsWith(HINT)) writeFileSync(path, HINT + script);
  }
}

/**
 * Compresses them once and well; server/http/compressed-files.ts serves them. Brotli at its best takes too long for each
 * request, and makes them a seventh smaller than gzip.
 */
function compress() {
  const params = { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT };
  for (const entry of readdirSync(STATIC, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.(?:js|css)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path), { params }));
  }
}
