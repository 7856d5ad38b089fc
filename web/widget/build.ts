/**
 * Bundles the widget into web/public/widget, from where the pages' server serves it. `npm start` and `npm test` do so by
 * themselves (server/cli/prepare.mjs): `tsx web/widget/build.ts`.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { LANGUAGES } from '../lib/i18n/languages.ts';
import { MESSAGES } from '../lib/i18n/messages/index.ts';
import { PHOTO_KEYS } from './photo-words.ts';
import { WIDGET_KEYS } from './words.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const OUT = fileURLToPath(new URL('../public/widget', import.meta.url));

/** Lets package managers install the folder. */
const PACKAGE = {
  name: '@armoire/widget',
  version: '0.1.0',
  license: 'Apache-2.0',
  type: 'module',
  exports: './index.js',
};

export interface WidgetFile {
  readonly name: string;
  readonly contents: Uint8Array;
}

/** `armoire.js` is the script tag's and `index.js` the module's, each whole but for the photo search, which is a file of its own. */
export async function bundleWidget(): Promise<WidgetFile[]> {
  const bundles = await Promise.all(['armoire.ts', 'index.ts'].map(bundle));
  const files = new Map(bundles.flat().map((file) => [file.name, file]));
  return [...files.values(), { name: 'package.json', contents: Buffer.from(JSON.stringify(PACKAGE)) }];
}

async function bundle(entry: string): Promise<WidgetFile[]> {
  const { outputFiles } = await build({
    absWorkingDir: HERE,
    entryPoints: [entry],
    outdir: OUT,
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    chunkNames: '[name]-[hash]',
    plugins: [WORDS],
  });
  return outputFiles.map(({ path, contents }) => ({ name: basename(path), contents }));
}

/** Gives the two files that say words the words that they declare. esbuild's `define` would put both into one file. */
const WORDS: Plugin = {
  name: 'words',
  setup({ onLoad }) {
    for (const [file, name, keys] of [
      ['words.ts', 'WIDGET_WORDS', WIDGET_KEYS],
      ['photo-words.ts', 'PHOTO_WORDS', PHOTO_KEYS],
    ] as const) {
      onLoad({ filter: new RegExp(`[/\\\\]widget[/\\\\]${file}$`) }, async ({ path }) => ({
        loader: 'ts',
        contents: `${await readFile(path, 'utf8')}\nconst ${name} = ${wordsOf(keys)};`,
      }));
    }
  },
};

/** The messages of these keys in all languages, as JSON. */
function wordsOf(keys: readonly string[]): string {
  const entries = LANGUAGES.map((language) => [
    language,
    Object.fromEntries(keys.map((key) => [key, find(MESSAGES[language], key)])),
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

function find(messages: object, key: string): string {
  let found: unknown = messages;
  for (const part of key.split('.')) found = new Map(Object.entries(found ?? {})).get(part);
  // The widget has nothing that could fill a placeholder in.
  if (typeof found !== 'string' || found.includes('{')) throw new Error(`"${key}" is no plain message.`);
  return found;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const files = await bundleWidget();
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  for (const { name, contents } of files) writeFileSync(join(OUT, name), contents);
}
