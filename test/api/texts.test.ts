import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeItem } from '../helpers/factories.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { subscribeTo } from '../helpers/subscribe.ts';

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await makeTestServer();
  key = await server.makeKey('admin');
  await makeItem(server.db, server.shopId, { id: 'a' });
  await makeItem(server.db, server.shopId, { id: 'b' });
});
afterAll(() => server.close());

const rule = (text: string) => ({
  kind: 'BOOST',
  target: { attribute: { name: text, value: text } },
  note: text,
});
/** Every way in for a text: an id, an argument, a field of an input, and one deep in a list. */
const DOORS: Readonly<Record<string, [query: string, variables: (text: string) => Record<string, unknown>]>> =
  {
    item: ['query ($id: ID!) { item(id: $id) { id } }', (id) => ({ id })],
    'items by words': [
      'query ($filter: ItemFilter) { items(filter: $filter) { totalCount } }',
      (words) => ({ filter: { words } }),
    ],
    'items by attributes': [
      'query ($filter: ItemFilter) { items(filter: $filter) { totalCount } }',
      (text) => ({ filter: { attributes: [{ name: text, values: ['x', text] }] } }),
    ],
    'items after': ['query ($after: String) { items(after: $after) { totalCount } }', (after) => ({ after })],
    similarItems: [
      'query ($words: String) { similarItems(to: { itemId: "a" }, refine: { words: $words }) { cutoff } }',
      (words) => ({ words }),
    ],
    previewRule: [
      'query ($rule: RuleInput!) { previewRule(rule: $rule, to: { itemId: "a" }) { after { item { id } } changes { to } } }',
      (text) => ({ rule: rule(text) }),
    ],
    setRule: [
      'mutation ($rule: RuleInput!) { setRule(rule: $rule) { note } }',
      (text) => ({ rule: rule(text) }),
    ],
    'setRule of an item': [
      'mutation ($id: ID!) { setRule(rule: { kind: EXCLUDE, target: { itemId: $id } }) { note } }',
      (id) => ({ id }),
    ],
    createKey: [
      'mutation ($label: String!) { createKey(role: MERCHANDISER, label: $label) { details { label } } }',
      (label) => ({ label }),
    ],
    createShop: [
      'mutation ($name: String!) { createShop(name: $name) { shop { name } } }',
      (name) => ({ name }),
    ],
    upsertItems: [
      'mutation ($items: [ItemInput!]!) { upsertItems(items: $items) { id } }',
      (text) => ({
        items: [
          {
            id: text,
            title: text,
            imageLink: 'https://shop.example/a.jpg',
            attributes: [{ name: text, value: text }],
          },
        ],
      }),
    ],
    deleteItems: ['mutation ($ids: [ID!]!) { deleteItems(ids: $ids) }', (id) => ({ ids: [id] })],
    restoreItems: ['mutation ($ids: [ID!]!) { restoreItems(ids: $ids) }', (id) => ({ ids: [id] })],
    setPrimaryGarment: [
      'mutation ($id: ID!) { setPrimaryGarment(itemId: $id, garmentId: $id) { id } }',
      (id) => ({ id }),
    ],
  };

const codesOf = (answer: { errors?: { extensions: Record<string, unknown> }[] }) => [
  ...new Set((answer.errors ?? []).map(({ extensions }) => extensions.code)),
];

describe.each(Object.entries(DOORS))('%s', (_, [query, variables]) => {
  it('refuses the character NUL', async () => {
    const answer = await server.query(query, variables('a\0b'), { key });
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(server.logged).toEqual([]);
  });

  it('takes half a character for one that is unknown', async () => {
    const answer = await server.query(query, variables('a\ud83d'), { key });
    expect(codesOf(answer)).not.toContain('INTERNAL_SERVER_ERROR');
    expect(server.logged).toEqual([]);
    expect(JSON.stringify(answer)).not.toMatch(/\\ud83d/);
  });
});

describe('a text that stands in the query itself', () => {
  it('may not have the character NUL', async () => {
    const answer = await server.query('{ item(id: "a\\u0000") { id } }');
    expect(codesOf(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('may not have half a character', async () => {
    for (const half of ['\ud83d', '\\uD83D']) {
      const answer = await server.query(`{ item(id: "a${half}") { id } }`);
      expect(codesOf(answer)).toEqual(['GRAPHQL_PARSE_FAILED']);
    }
  });
});

it('a cursor with such a text is none of ours', async () => {
  const { data } = await server.query('{ items(first: 1) { pageInfo { endCursor } } }');
  const parts = JSON.parse(Buffer.from(data.items.pageInfo.endCursor, 'base64url').toString());
  for (const id of ['a\0', 'a\ud83d']) {
    const after = Buffer.from(JSON.stringify([...parts.slice(0, -1), id])).toString('base64url');
    const answer = await server.query('query ($after: String) { items(after: $after) { totalCount } }', {
      after,
    });
    expect(codesOf(answer)).toEqual(['INVALID_CURSOR']);
  }
});

it('a subscription refuses the character NUL too', async () => {
  const query = 'subscription ($id: ID!) { importProgress(id: $id) { id } }';
  const { results } = await subscribeTo(server.url, query, { id: 'a\0' }, { key });
  expect(JSON.stringify((await results.next()).value)).toMatch(/BAD_USER_INPUT/);
});

it('a name of a file is made well-formed', async () => {
  const query = 'mutation ($file: Upload!) { importCatalogue(feed: $file) { name } }';
  const part = (headers: string, body: string) =>
    `--part\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${body}\r\n`;
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'multipart/form-data; boundary=part',
      'apollo-require-preflight': 'true',
      authorization: `Bearer ${key}`,
    },
    body: [
      part('name="operations"', JSON.stringify({ query, variables: { file: null } })),
      part('name="map"', '{"0":["variables.file"]}'),
      part(`name="0"; filename*=utf-8''a%00b.csv`, 'id,title,image_link\nz,Z,https://shop.example/z.jpg\n'),
      '--part--\r\n',
    ].join(''),
  });
  expect(((await response.json()) as { data: unknown }).data).toEqual({
    importCatalogue: { name: 'ab.csv' },
  });
});
