import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeSchema, textOf } from '../../server/schema.ts';
import { makeFakeCandidate } from '../helpers/fake-vision.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { fillShop } from '../helpers/shop-contents.ts';

vi.setConfig({ testTimeout: 120_000 });

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PLUGINS = {
  typescript,
  'typescript-operations': typescriptOperations,
  'typed-document-node': typedDocumentNode,
};

interface Block {
  readonly language: string;
  /** From a comment in its first line. */
  readonly name: string | undefined;
  readonly text: string;
}

let server: TestServer;
let folder: string;
let blocks: Block[];
let key: string;
beforeAll(async () => {
  server = await makeTestServer({ candidate: makeFakeCandidate() });
  ({ key } = await fillShop(server, server.shopId, 'Own'));
  // Inside the repository, whose packages the examples import.
  folder = await mkdtemp(join(ROOT, 'test', '.docs-'));
  const page = (await readFile(join(ROOT, 'docs/api.md'), 'utf8')).replaceAll(
    'http://localhost:4000',
    server.url,
  );
  blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, language, text]) => ({
    language: language!,
    name: /^(?:#|\/\/) ([\w.]+)\n/.exec(text!)?.[1],
    text: text!,
  }));
  for (const { name, text } of blocks) if (name) await writeFile(join(folder, name), text);
  const photo = await drawPicture({ width: 123, height: 160 });
  await writeFile(join(folder, 'photo.jpg'), photo);
}, 240_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await server.close();
});

const run = async (command: string, ...args: string[]) => {
  const env = { ...process.env, ARMOIRE_KEY: key };
  return (await promisify(execFile)(command, args, { cwd: folder, env })).stdout;
};

it('the examples in curl run as they are', async () => {
  const shells = blocks.filter(({ language }) => language === 'sh');
  expect(shells).toHaveLength(3);
  const [shop, photo, admin] = await Promise.all(
    shells.map(async ({ text }) => JSON.parse(await run('bash', '-c', text))),
  );
  expect(shop.data.shop.categories).toContainEqual({ category: 'SKIRT', count: 4 });
  expect(photo.data.parsePhoto.garments[0].similarItems.edges).toHaveLength(3);
  expect(admin.data.viewer.role).toBe('ADMIN');
  expect(admin.data.imports.edges.length).toBeGreaterThan(0);
  expect([shop, photo, admin].flatMap(({ errors }) => errors ?? [])).toEqual([]);
});

it('the example in TypeScript fits its generated types, and runs', async () => {
  const { default: settings } = await import(pathToFileURL(join(folder, 'codegen.ts')).href);
  const [[filename, { plugins, config }]] = Object.entries(settings.generates) as [
    [string, { plugins: (keyof typeof PLUGINS)[]; config: Record<string, unknown> }],
  ];
  const schema = await makeSchema();
  const document = parse(await readFile(join(folder, settings.documents), 'utf8'));
  const text = await codegen({
    filename,
    schema: parse(textOf(schema)),
    documents: [{ location: settings.documents, document }],
    config,
    plugins: plugins.map((name) => ({ [name]: {} })),
    pluginMap: PLUGINS,
  });
  await writeFile(join(folder, filename), text);
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--allowImportingTsExtensions', '--types', 'node'];
  const target = ['--target', 'es2023', '--module', 'esnext', '--moduleResolution', 'bundler'];
  await run(join(ROOT, 'node_modules/.bin/tsc'), ...flags, ...target, '--ignoreConfig', 'search.ts');
  const printed = await run(process.execPath, '--import', 'tsx', 'search.ts');
  expect(printed.trim().split('\n')[0]).toMatch(/^[A-Z_]+ [01]\.\d\d own-\d Own title$/);
});

it('the example in Python reads the whole catalogue', async () => {
  const printed = await run('python3', 'catalogue.py');
  const lines = printed.trim().split('\n').sort();
  expect(lines.filter((line) => /^own-\d Own title$/.test(line))).toHaveLength(6);
});

it('every example in GraphQL fits the schema', async () => {
  const schema = await makeSchema();
  const documents = blocks.filter(({ language }) => language === 'graphql');
  expect(documents.length).toBeGreaterThan(1);
  for (const { text } of documents) expect(validate(schema, parse(text))).toEqual([]);
});
