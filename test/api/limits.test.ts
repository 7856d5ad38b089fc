import { ApolloServer } from '@apollo/server';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepIntrospection } from '../../server/graphql/introspection.ts';
import { makeSchema } from '../../server/schema.ts';
import { makeItem } from '../helpers/factories.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, STANDS_STILL, type TestServer } from '../helpers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await makeTestServer({
    clock: STANDS_STILL,
    environment: { PARSES_PER_MINUTE: '2', SEARCHES_PER_MINUTE: '3' },
  });
  await makeItem(server.db, server.shopId, { id: 'a' });
  await makeItem(server.db, server.shopId, { id: 'b' });
});
afterAll(() => server.close());

const codeOf = async (query: string) => (await server.query(query)).errors?.[0]?.extensions.code;
const nest = (levels: number): string =>
  levels === 0 ? 'id' : `similarItems(first: 1) { edges { node { item { ${nest(levels - 1)} } } } }`;

describe('a query', () => {
  it('may not be too deep', async () => {
    expect(await codeOf(`{ item(id: "a") { ${nest(5)} } }`)).toBe('QUERY_TOO_DEEP');
  });

  it('may not hide its depth in fragments', async () => {
    const parts = Array.from({ length: 4 }, (_, i) => {
      const next = i < 3 ? `...F${i + 1}` : 'id';
      return `fragment F${i} on Item { similarItems(first: 1) { edges { node { item { ${next} } } } } }`;
    });
    expect(await codeOf(`{ item(id: "a") { ...F0 } } ${parts.join(' ')}`)).toBe('QUERY_TOO_DEEP');
  });

  it('may not ask for pages of pages', async () => {
    const query = `{ items(first: 100) { edges { node { similarItems(first: 100) { edges { node { item { id } } } } } } } }`;
    expect(await codeOf(query)).toBe('QUERY_TOO_COSTLY');
  });

  it('counts a page that a variable asks for', async () => {
    const query = `query ($n: Int!) { items(first: $n) { edges { node { similarItems(first: $n) { edges { node { score } } } } } } }`;
    expect((await server.query(query, { n: 100 })).errors?.[0]?.extensions.code).toBe('QUERY_TOO_COSTLY');
    expect((await server.query(query, { n: 1 })).errors).toBeUndefined();
  });

  it('may not repeat itself under other names without end', async () => {
    const aliases = Array.from(
      { length: 150 },
      (_, i) => `a${i}: similarItems(to: {itemId: "a"}) { edges { cursor } }`,
    );
    expect(await codeOf(`{ ${aliases.join(' ')} }`)).toMatch(/QUERY_TOO_COSTLY|GRAPHQL_PARSE_FAILED/);
  });

  it('may not double its fragments at each level', async () => {
    const parts = Array.from(
      { length: 60 },
      (_, i) => `fragment F${i} on Item { ...F${i + 1} ...F${i + 1} }`,
    );
    const code = await codeOf(
      `{ item(id: "a") { ...F0 } } ${parts.join(' ')} fragment F60 on Item { id title }`,
    );
    // Spread out, they would never end.
    expect(code).toBeDefined();
  });

  it('may not have too many words', async () => {
    expect(await codeOf(`{ ${'__typename '.repeat(2001)} }`)).toBe('GRAPHQL_PARSE_FAILED');
  });

  it('may not be sent in a batch', async () => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
    });
    expect(response.status).toBe(400);
  });

  it('may ask for the schema', async () => {
    const { data, errors } = await server.query(getIntrospectionQuery());
    expect(errors).toBeUndefined();
    expect(data.__schema.queryType.name).toBe('Query');
  });
});

describe('a question about the schema', () => {
  const aliases = (count: number, field: string) =>
    `{ ${Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(' ')} }`;
  const ARG =
    'fragment A on __InputValue { name type { kind name ofType { kind name ofType { kind name } } } }';
  const FIELD = `fragment F on __Field { name description args { ...A } type { name } } ${ARG}`;
  const TYPE = `fragment T on __Type { name fields { ...F } } ${FIELD}`;
  const SCHEMA = `fragment S on __Schema { types { ...T } } ${TYPE}`;

  it.each([
    ['the schema', `${aliases(230, '__schema { ...S }')} ${SCHEMA}`],
    ['its types', `{ __schema ${aliases(230, 'types { ...T }')} } ${TYPE}`],
    ['one type', `${aliases(150, '__type(name: "Query") { ...T }')} ${TYPE}`],
    [
      'the schema, in fragments',
      `{ ...Q } fragment Q on Query ${aliases(120, '__schema { ...S }')} ${SCHEMA}`,
    ],
  ])('may not be repeated without end: %s', async (_, query) => {
    const { status, errors } = await server.query(query);
    expect([status, errors?.[0]?.extensions.code]).toEqual([400, 'QUERY_TOO_COSTLY']);
  });

  it.each([
    [
      'everything',
      getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true, schemaDescription: true }),
    ],
    ['a type', '{ __type(name: "Query") { fields { name args { name type { name } } } } }'],
    ['a few types', aliases(10, '__type(name: "Item") { fields { name type { name } } }')],
  ])('may be asked: about %s', async (_, query) => {
    expect((await server.query(query)).errors).toBeUndefined();
  });

  it('is answered once and kept, by what it asks', async () => {
    const schema = await makeSchema();
    const apollo = new ApolloServer({ schema, introspection: true, plugins: [keepIntrospection()] });
    const ask = async (query: string, variables = {}) => {
      const { body } = await apollo.executeOperation({ query, variables });
      return body.kind === 'single' ? body.singleResult.data : null;
    };
    const first = await ask(getIntrospectionQuery());
    expect(await ask(getIntrospectionQuery())).toBe(first);
    const named = 'query ($name: String!) { __type(name: $name) { name } }';
    expect(await ask(named, { name: 'Item' })).toEqual({ __type: { name: 'Item' } });
    expect(await ask(named, { name: 'Photo' })).toEqual({ __type: { name: 'Photo' } });
    await apollo.stop();
  });
});

describe('a client with a small allowance', () => {
  let poor: TestServer;
  beforeAll(async () => {
    poor = await makeTestServer({ clock: STANDS_STILL, environment: { QUERY_COST_PER_MINUTE: '45000' } });
  });
  afterAll(() => poor?.close());

  it('is refused questions about the schema once it is used up; a key has no such bound', async () => {
    const statuses = new Set<number>();
    for (let i = 0; i < 3; i++) statuses.add((await poor.query(getIntrospectionQuery())).status);
    expect([...statuses]).toEqual([200, 429]);
    const key = await poor.makeKey('merchandiser');
    expect((await poor.query(getIntrospectionQuery(), {}, { key })).errors).toBeUndefined();
  });

  it('is refused what it asks in however small parts', async () => {
    const key = await poor.makeKey('widget');
    // Each costs a ninth of the allowance of this client, which has a key and so an allowance of its own.
    const aliases = Array.from({ length: 25 }, (_, i) => `a${i}: shop { brands }`);
    const statuses = [];
    for (let i = 0; i < 12; i++)
      statuses.push((await poor.query(`{ ${aliases.join(' ')} }`, {}, { key })).status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect(statuses.indexOf(429)).toBe(statuses.lastIndexOf(200) + 1);
  });
});

describe('an anonymous client', () => {
  it('may parse so many photos in a minute, others go on', async () => {
    const parse = 'mutation ($file: Upload!) { parsePhoto(image: $file) { id } }';
    const codes = [];
    for (let i = 0; i < 3; i++) {
      codes.push((await server.upload(parse, await drawPicture())).errors?.[0]?.extensions);
    }
    expect(codes.slice(0, 2)).toEqual([undefined, undefined]);
    expect(codes[2]).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    const key = await server.makeKey('merchandiser');
    expect((await server.upload(parse, await drawPicture(), { key })).errors).toBeUndefined();
  });

  it('may search so often in a minute, aliases included', async () => {
    const four = [1, 2, 3, 4].map((i) => `s${i}: similarItems(to: {itemId: "a"}) { edges { cursor } }`);
    expect(await codeOf(`{ ${four.join(' ')} }`)).toBe('RATE_LIMITED');
  });
});
