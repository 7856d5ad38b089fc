/**
 * npm run generate: writes server/schema.graphql from the TypeGraphQL classes, the types of the pages' operations from
 * that schema, and docs/errors.md. With --check it writes nothing and ends with 1 where a file is not in step.
 */
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import {
  type GraphQLSchema,
  Kind,
  parse,
  print,
  separateOperations,
  stripIgnoredCharacters,
  validate,
} from 'graphql';
import { FILTER_FIELDS } from '../catalogue/items/filter-fields.ts';
import { ERROR_CODES } from '../errors/codes.ts';
import { listsWithoutCost } from '../graphql/cost.ts';
import { makeSchema, textOf } from '../schema.ts';

const HEADER = 'Made by "npm run generate". Change what it is made from instead.';
/** What the pages ask, a file for each domain. */
const OPERATIONS = readdirSync(at('web/lib/api'))
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => `web/lib/api/${name}`);
const WIDGETS = 'web/lib/api/widget.graphql';
const DOCUMENTS = 'server/widget/documents.json';
const FACETS = 'web/lib/api/generated/facets.graphql';

const schema = await makeSchema();
const uncounted = listsWithoutCost(schema);
if (uncounted.length > 0) {
  console.error(
    `Lists without a cost: ${uncounted.join(', ')}. Give each a complexity of server/graphql/cost.ts (listCost or pageCost).`,
  );
  process.exit(1);
}
const files = {
  'server/schema.graphql': `# ${HEADER}\n\n${textOf(schema)}`,
  'docs/errors.md': errorsPage(),
  [FACETS]: facetFragments(),
  'web/lib/api/generated/filter-fields.ts': filterFieldsOfPages(),
  ...(await filesOfOperations(schema)),
  ...(await widgetDocuments()),
};

const stale: string[] = [];
for (const [path, text] of Object.entries(files)) {
  const known = await readFile(at(path), 'utf8').catch(() => null);
  if (known === text) continue;
  stale.push(path);
  if (process.argv.includes('--check')) continue;
  await mkdir(dirname(at(path)), { recursive: true });
  await writeFile(at(path), text);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}. Run npm run generate and commit the result.`);
  process.exit(1);
}
console.log(stale.length > 0 ? `Wrote ${stale.join(', ')}.` : 'Generated files are up to date.');

function at(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** The types of all operations, and the texts of each file's operations in a module of its own: a page loads what it asks. */
async function filesOfOperations(of: GraphQLSchema): Promise<Record<string, string>> {
  const texts = await Promise.all(OPERATIONS.map((path) => readFile(at(path), 'utf8')));
  const document = parse([...texts, facetFragments()].join('\n'));
  const errors = validate(of, document);
  if (errors.length > 0) {
    console.error(`${OPERATIONS.join(', ')}: does not match the schema.\n${errors.map(String).join('\n')}`);
    process.exit(1);
  }
  const text = await codegen({
    filename: 'graphql.ts',
    schema: parse(textOf(of)),
    documents: [{ location: OPERATIONS.join(), document }],
    config: {
      documentMode: 'string',
      enumsAsTypes: true,
      onlyOperationTypes: true,
      skipTypename: true,
      useTypeImports: true,
      strictScalars: true,
      scalars: { ID: 'string', DateTime: 'string', LocalDate: 'string', Upload: 'File' },
    },
    plugins: [{ typescript: {} }, { typescriptOperations: {} }, { typedDocumentNode: {} }],
    pluginMap: { typescript, typescriptOperations, typedDocumentNode },
  });
  // The class comes first, then the fragments and operations.
  const [types = '', ...statements] = text.split(/^(?=export const )/m);
  const textByName = new Map(statements.map((one) => [/^export const (\w+)/.exec(one)?.[1], one]));
  const files = OPERATIONS.map((path, index): [string, string] => {
    const names = parse(texts[index]!).definitions.flatMap((one) =>
      one.kind === Kind.OPERATION_DEFINITION ? (one.name?.value ?? []) : [],
    );
    const documents = names.map((name) => textByName.get(`${name}Document`) ?? '');
    const used = documents.flatMap((one) => /TypedDocumentString<(\w+), (\w+)>/.exec(one)?.slice(1) ?? []);
    const file = `web/lib/api/generated/documents/${basename(path, '.graphql')}.ts`;
    const imports = `import { ${used.map((type) => `type ${type}`).join(', ')}, TypedDocumentString } from '../graphql.ts';`;
    return [file, `// ${HEADER}\n${imports}\n\n${documents.join('')}`];
  });
  return {
    'web/lib/api/generated/graphql.ts': `// ${HEADER}\n${types}`,
    ...Object.fromEntries(files.filter(([path]) => !path.endsWith('/widget.ts'))),
  };
}

/**
 * The widget's operations: its queries by their hashes, which the server knows, and its mutations as they are. A hash that
 * was once in the server's list stays there.
 */
async function widgetDocuments(): Promise<Record<string, string>> {
  const known = await readFile(at(DOCUMENTS), 'utf8').catch(() => '{}');
  const documents = new Map<string, string>(Object.entries(JSON.parse(known)));
  const operations = Object.entries(separateOperations(parse(await readFile(at(WIDGETS), 'utf8'))));
  // A file for each, so that a part of the widget that is loaded later takes its own with it.
  const files = operations.map(([name, document]) => {
    const text = stripIgnoredCharacters(print(document));
    const isQuery = document.definitions.some(
      (one) => one.kind === Kind.OPERATION_DEFINITION && one.operation === 'query',
    );
    const hash = createHash('sha256').update(text).digest('hex');
    if (isQuery) documents.set(hash, text);
    const value = isQuery ? `sha256:${hash}` : text;
    const line = `export const ${name} = ${JSON.stringify(value)};`;
    return [`web/lib/api/generated/widget/${name}.ts`, `// ${HEADER}\n${line}\n`];
  });
  return {
    [DOCUMENTS]: `${JSON.stringify(Object.fromEntries(documents), null, 2)}\n`,
    ...Object.fromEntries(files),
  };
}

function errorsPage(): string {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { status, description }]) => `| \`${code}\` | ${status} | ${description} |\n`,
  );
  return `<!-- ${HEADER} -->

# Error codes

Every error has \`extensions.code\`, one of these. The query \`errorCodes\` returns the same list. Messages are for people and may
change; codes are for programs and do not ([deprecation policy](api.md#changes)). The status is that of a request
which is refused as a whole. If a field fails while the query runs, the answer is 200 with the other fields' data; only errors
with \`retryAfter\` change the status then, and only if no field has data.

| code | status | meaning |
|---|---|---|
${rows.join('')}`;
}

/** What the pages ask of facets: a new filter is asked for without a change of the operations. */
function facetFragments(): string {
  const fields = FILTER_FIELDS.map(({ name }) => `  ${name} {\n    value\n    count\n  }\n`).join('');
  const fragments = ['SimilarFacets', 'ShopFacets'].map(
    (type) => `fragment ${type}Fields on ${type} {\n${fields}}\n`,
  );
  return `# ${HEADER}\n\n${fragments.join('\n')}`;
}

/** What the pages' controls are made from. */
function filterFieldsOfPages(): string {
  const fields = FILTER_FIELDS.filter(({ label }) => label !== null);
  const lines = fields.map(
    ({ name, parameter, label }) => `  { name: '${name}', parameter: '${parameter}', label: '${label}' },\n`,
  );
  return `// ${HEADER}\nexport const FILTER_FIELDS = [\n${lines.join('')}] as const;\n`;
}
