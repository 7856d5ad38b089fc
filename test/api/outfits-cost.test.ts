import { afterAll, beforeAll, expect, it } from 'vitest';
import { Category } from '../../server/vocabulary/category.ts';
import { openTestDatabase, recordStatements } from '../helpers/database.ts';
import { makeGarment, makeItem } from '../helpers/factories.ts';
import { randomOf, randomUnit } from '../helpers/random.ts';
import { makeTestServer, STANDS_STILL, type TestServer } from '../helpers/server.ts';

let server: TestServer;
let statements: string[];

const FIELDS = `id score total { amount } look { id } pieces { slot item { title imageUrl price { amount } images { url } } garment { id } }
  reason { summary pairs { score summary } }`;

beforeAll(async () => {
  const opened = await openTestDatabase();
  const recorded = recordStatements(opened);
  statements = recorded.statements;
  server = await makeTestServer({
    db: { ...opened, ...recorded.db },
    clock: STANDS_STILL,
    environment: { SEARCHES_PER_MINUTE: '60' },
  });
  const style = randomUnit(randomOf(2));
  const kinds = [Category.SHORT_SLEEVE_TOP, Category.SKIRT, Category.SHORTS, Category.LONG_SLEEVE_OUTWEAR];
  for (let i = 0; i < 24; i++) {
    const category = kinds[i % kinds.length]!;
    const noise = randomUnit(randomOf(10 + i));
    const embedding = style.map((value, d) => value + 0.3 * noise[d]!);
    const length = Math.hypot(...embedding);
    await makeItem(server.db, server.shopId, {
      id: `i${i}`,
      feedCategory: category,
      garments: [makeGarment({ category, embedding: embedding.map((value) => value / length) })],
    });
  }
});
afterAll(() => server.close());

async function statementsOf(query: string): Promise<number> {
  statements.length = 0;
  const { errors } = await server.query(query);
  expect(errors).toBeUndefined();
  return statements.length;
}

it('takes a bounded number of statements, however many outfits and fields are asked for', async () => {
  const ask = (count: number, more = '') =>
    statementsOf(`{ outfits(to: { itemId: "i0" }, count: ${count}${more}) { outfits { ${FIELDS} } } }`);
  // Five categories are searched, with up to five statements each; the rest reads rules, rows and images.
  const one = await ask(1);
  expect(one).toBeLessThanOrEqual(40);
  expect(await ask(20)).toBe(one);
  // A budget has each category searched twice, and the cheapest items looked for.
  expect(await ask(20, ', budget: 500')).toBeLessThanOrEqual(2 * one);
});

it('counts as several searches', async () => {
  const ask = () => server.query('{ outfits(to: { itemId: "i0" }, count: 1) { outfits { id } } }');
  const codes = new Set<unknown>();
  for (let i = 0; i < 25 && codes.size === 0; i++) {
    for (const { extensions } of (await ask()).errors ?? []) codes.add(extensions.code);
  }
  expect([...codes]).toEqual(['RATE_LIMITED']);
});
