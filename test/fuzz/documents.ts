import fc from 'fast-check';
import { makeShop } from '../helpers/factories.ts';
import { makeFakeCandidate } from '../helpers/fake-vision.ts';
import { fillShop } from '../helpers/shop-contents.ts';
import { type Campaign, headersOf, Tally, trySending, UNLIMITED } from './campaign.ts';

/** Good ones, to be broken. */
const DOCUMENTS = [
  '{ shop { name itemCount categories { category count } brands colors } viewer { role } }',
  'query Q($id: ID!) { item(id: $id) { id title similarItems(first: 2) { edges { node { score item { id } } } } } }',
  '{ items(first: 2, filter: { words: "red", minPrice: 1.5 }) { totalCount edges { cursor node { ...I } } } } fragment I on Item { id price { amount } images { url(width: 80) } }',
  'query ($n: Int = 3) { rules(first: $n) { edges { node { id target { attribute { name } } } } pageInfo { hasNextPage } } }',
  'mutation { setRule(rule: { kind: BOOST, target: { brand: "x" } }) { id problem } }',
  'mutation M { removeRule(id: "nonsense") { id } }',
  'subscription S { importProgress(id: "nonsense") { id state } }',
  '{ __schema { types { name fields { name args { name } } } } __type(name: "Item") { name } }',
  'query A { viewer { role } } query B { shop { id } }',
];
const TOKENS =
  '{ } ( ) [ ] : ! | = & @ ... $ # "x" """x""" 1 -1 1e9 null true query mutation subscription fragment on _ a ' +
  'items item similarItems totalCount __typename __schema edges node first filter words id @skip(if:true) ' +
  '@include(if:$n) @defer @stream @oneOf @deprecated $n $id constructor __proto__ \ufeff \u0000 \ud83d';
const tokens = TOKENS.split(' ');

const tokenSoup = fc.array(fc.constantFrom(...tokens), { maxLength: 60 }).map((parts) => parts.join(' '));
const mutated = fc
  .tuple(
    fc.constantFrom(...DOCUMENTS),
    fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom('', ...tokens)), { minLength: 1, maxLength: 4 }),
  )
  .map(([document, changes]) =>
    changes.reduce((text, [at, length, put]) => {
      const start = at % (text.length + 1);
      return `${text.slice(0, start)} ${put} ${text.slice(start + length)}`;
    }, document),
  );
/** Names and values in the place of others: most of these are read to their end, and some are answered. */
const renamed = fc
  .tuple(fc.constantFrom(...DOCUMENTS), fc.nat(), fc.constantFrom(...tokens, 'brand', 'Item', 'shop', '$id'))
  .map(([document, at, put]) => {
    const words = [...document.matchAll(/[$\w]+|"\w*"/g)];
    const { 0: word, index } = words[at % words.length]!;
    return document.slice(0, index) + put + document.slice(index + word.length);
  });
const nested = fc
  .tuple(
    fc.nat(400),
    fc.constantFrom('{ item(id: "a") ', '{ similarItems ', '{ ...on Query ', '{ a: shop ', '['),
  )
  .map(([levels, step]) => step.repeat(levels) + '}'.repeat(levels));
const document = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...DOCUMENTS) },
  { weight: 4, arbitrary: mutated },
  { weight: 5, arbitrary: renamed },
  { weight: 3, arbitrary: tokenSoup },
  { weight: 1, arbitrary: nested },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
);
const oddJson = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom<unknown>(null, [], {}, 1, 'x', [[]]));
const variables = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.constantFrom<unknown>(undefined, {}, { id: 'a', n: 1 }, { id: null, n: 'x' }),
  },
  { weight: 1, arbitrary: oddJson },
);
const rarely = (...values: unknown[]) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...values) },
  );
const body = fc.oneof(
  {
    weight: 24,
    arbitrary: fc
      .record({
        query: document as fc.Arbitrary<unknown>,
        variables,
        operationName: rarely(null, '', 'A', 'constructor', 7),
        extensions: rarely({}, { persistedQuery: { version: 1 } }, 'x'),
      })
      .map((value) => JSON.stringify(value)),
  },
  { weight: 1, arbitrary: oddJson.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.record({ query: oddJson, variables }).map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 100 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(document, fc.nat())
      .map(([query, at]) => JSON.stringify({ query }).slice(0, at % (query.length + 10))),
  },
);

const oddRequest = fc.record({
  body,
  method: fc.constantFrom('POST', 'POST', 'POST', 'POST', 'POST', 'GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'),
  type: fc.constantFrom(
    'application/json',
    'application/json',
    'application/json',
    'application/json; charset=utf-8',
    'application/json; charset=utf-16',
    'application/json; charset=nonsense',
    'application/graphql',
    'application/x-www-form-urlencoded',
    'text/plain',
    '',
    'nonsense',
  ),
  accept: fc.constantFrom(
    '*/*',
    '*/*',
    '*/*',
    'text/event-stream',
    'application/graphql-response+json',
    'image/png',
    '',
  ),
  encoding: fc.constantFrom('', '', '', '', 'gzip', 'br', 'nonsense'),
  withKey: fc.constantFrom('good', 'good', 'none', 'bad'),
});
/** As clients send them, so that more than the readers of requests are tried. */
const plainRequest = fc.record({
  body,
  method: fc.constantFrom('POST', 'POST', 'POST', 'GET'),
  type: fc.constant('application/json'),
  accept: fc.constantFrom('*/*', '*/*', 'text/event-stream', 'application/graphql-response+json'),
  encoding: fc.constant(''),
  withKey: fc.constantFrom('good', 'good', 'none'),
});
const request = fc.oneof({ weight: 4, arbitrary: plainRequest }, { weight: 1, arbitrary: oddRequest });

/** Random and broken documents, in good and odd requests: each has an answer, and none is an internal error. */
export const oddDocuments: Campaign = async ({ seed, count, openServer }) => {
  const server = await openServer({ candidate: makeFakeCandidate(), environment: UNLIMITED });
  const tally = new Tally();
  try {
    const { key } = await fillShop(server, await makeShop(server.db), 'Fuzz');
    for (const sent of fc.sample(request, { seed, numRuns: count })) {
      const { method, type, accept, encoding, withKey } = sent;
      const isQuery = method === 'GET' || method === 'HEAD';
      const by = { good: key, none: undefined, bad: 'nonsense' }[withKey];
      const { 'content-type': _, ...headers } = headersOf(by);
      const path = isQuery ? `/graphql?${parametersOf(sent.body)}` : '/graphql';
      await trySending(
        server,
        tally,
        sent,
        {
          method,
          headers: {
            ...headers,
            accept,
            ...(type && { 'content-type': type }),
            ...(encoding && { 'content-encoding': encoding }),
          },
          ...(!isQuery && { body: sent.body }),
        },
        path,
      );
    }
    return tally;
  } finally {
    await server.close();
  }
};

/** The same question in an address. What is no object is the document itself. */
function parametersOf(body: string): URLSearchParams {
  try {
    const parts = Object.entries(JSON.parse(body) as object).filter(([, part]) => part !== undefined);
    return new URLSearchParams(
      parts.map(([name, part]) => [name, typeof part === 'string' ? part : JSON.stringify(part)]),
    );
  } catch {
    return new URLSearchParams({ query: body });
  }
}
