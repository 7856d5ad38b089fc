import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { type Distributed, findFaults } from '../helpers/distribution.ts';
import { isDistributed } from '../helpers/servers.ts';

/** Tables without a shop: small ones that a distributed database keeps whole on every node. */
const EVERYWHERE = ['client_limits', 'distribution_steps', 'migrations', 'secrets', 'servers'];
const SERVER = fileURLToPath(new URL('../../server', import.meta.url));

let db: TestDatabase;
let tables: Map<string, string>;

beforeAll(async () => {
  db = await openTestDatabase();
  const { rows } = await db.asOwner((tx) =>
    tx.query<{ name: string; shops: boolean }>(
      `select c.relname as name, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'shop_id') as shops
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
    ),
  );
  tables = new Map(rows.filter(({ shops }) => shops).map(({ name }) => [name, 'shop_id']));
  tables.set('shops', 'id');
  const others = rows
    .map(({ name }) => name)
    .filter((name) => !tables.has(name) && !EVERYWHERE.includes(name));
  expect(others).toEqual([]);
});
afterAll(() => db.close());

describe('the schema can be distributed by shop', () => {
  it('by its primary keys and unique indexes', async () => {
    const { rows } = await db.asOwner((tx) =>
      tx.query<{ table: string; index: string; columns: string[] }>(
        `select t.relname as table, i.relname as index,
           array(select a.attname::text from pg_attribute a where a.attrelid = t.oid and a.attnum = any(x.indkey)) as columns
         from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
         where x.indisunique and t.relnamespace = 'public'::regnamespace and not t.relispartition`,
      ),
    );
    const keys = rows.filter(({ table }) => tables.has(table));
    expect(keys.length).toBeGreaterThan(10);
    expect(keys.filter(({ table, columns }) => !columns.includes(tables.get(table)!))).toEqual([]);
  });

  it('by its foreign keys', async () => {
    const { rows } = await db.asOwner((tx) =>
      tx.query<{ from: string; to: string; pairs: string[] }>(
        `select f.conrelid::regclass::text as from, f.confrelid::regclass::text as to,
           array(select a.attname || '=' || b.attname from unnest(f.conkey, f.confkey) as k (own, other)
             join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.own
             join pg_attribute b on b.attrelid = f.confrelid and b.attnum = k.other) as pairs
         from pg_constraint f join pg_class t on t.oid = f.conrelid
         where f.contype = 'f' and f.conparentid = 0 and t.relnamespace = 'public'::regnamespace`,
      ),
    );
    const keys = rows.filter(({ from, to }) => tables.has(from) && tables.has(to));
    expect(keys.length).toBeGreaterThan(8);
    expect(
      keys.filter(({ from, to, pairs }) => !pairs.includes(`${tables.get(from)}=${tables.get(to)}`)),
    ).toEqual([]);
  });
});

/** Stands for whatever a statement's function is given or reads: any field, any list of one, any text or number. */
function anything(): unknown {
  const self: unknown = new Proxy(() => undefined, {
    get(_, key) {
      // A fingerprint's are neither text nor list.
      if (key === 'hash') return 1n;
      if (key === 'thumbnail') return new Uint8Array(1);
      if (key === Symbol.toPrimitive) return (hint: string) => (hint === 'number' ? 1 : '1');
      if (key === Symbol.iterator) return () => [self][Symbol.iterator]();
      if (key === 'then' || key === 'toJSON') return undefined;
      if (key === 'length') return 1;
      if (key === 'map' || key === 'flatMap' || key === 'filter')
        return (f: (...of: unknown[]) => unknown) => {
          const result = f(self, 0);
          return key === 'flatMap' ? [result].flat() : key === 'map' ? [result] : [self];
        };
      if (key === 'toString' || key === 'toLowerCase' || key === 'trim') return () => '1';
      if (key === 'entries') return () => [[0, self]][Symbol.iterator]();
      return self;
    },
    apply: () => self,
    ownKeys: () => ['prototype'],
  });
  return self;
}

/** Those that a step of a search is given, with parameters again in place of what was given for them. */
function statementsWithin(text: string): string[] {
  if (!text.includes('search_in_shop')) return [];
  const literals = [...text.matchAll(/'((?:[^']|'')*)'/g)].map(([, literal]) =>
    literal!.replaceAll("''", "'"),
  );
  return literals
    .filter((literal) => /^\s*(select|with)\b/.test(literal))
    .map((statement) => {
      let count = 0;
      return statement.replace(/'1'/g, () => `$${++count}`);
    });
}

/** Every statement that a module's functions make when everything that they may be given is given. */
async function recordStatements(path: string): Promise<{ name: string; statements: string[] }[]> {
  const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  const recorded: { name: string; statements: string[] }[] = [];
  for (const [name, exported] of Object.entries(module)) {
    if (typeof exported !== 'function' || exported.constructor.name !== 'AsyncFunction') continue;
    const statements: string[] = [];
    const query = async (text: string) => {
      statements.push(text, ...statementsWithin(text));
      return { rows: [anything()], rowCount: 1 };
    };
    const args = Array.from({ length: 8 }, anything);
    // What it makes of its answer is of no interest here.
    await (exported as (...of: unknown[]) => Promise<unknown>)({ query }, ...args).catch(() => undefined);
    recorded.push({ name, statements });
  }
  return recorded;
}

const modules = readdirSync(SERVER, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.sql.ts'),
);

describe('statements can be distributed by shop', () => {
  it.each(modules)('in %s', async (path) => {
    const recorded = await recordStatements(join(SERVER, path));
    expect(recorded.filter(({ statements }) => statements.length === 0).map(({ name }) => name)).toEqual([]);
    const faults: string[] = [];
    for (const { name, statements } of recorded) {
      for (const statement of statements)
        for (const fault of await findFaults(statement, tables)) faults.push(`${name}: ${fault}`);
    }
    expect(faults).toEqual([]);
  });
});

/** Statements of all shops, which are for start-up, keys and sweeps: they go to every shard. */
const OF_ALL_SHOPS = [
  ...['isWidgetDomain', 'countRestored', 'forgetServers', 'findImageUses', 'findUnusedImages', 'listShopIds'],
  ...[
    'countWork',
    'listModelTasks',
    'listShopsWithout',
    'listShopsToRead',
    'listExpiredPhotos',
    'removePhotos',
    'findFirstShop',
  ],
  ...[
    'findShopsNamed',
    'listShops',
    'listDueEndpoints',
    'listShopsToTell',
    'keepNewest',
    'removeOldDeliveries',
  ],
  ...[
    'removeOldSecrets',
    'listUncompared',
    'listCancelledJobs',
    'listOpenJobs',
    'listRunningJobs',
    'listReadyToEnd',
    'listUnreadJobs',
  ],
  ...['forgetExpiredItems', 'listShopsToForgetFor', 'listShopsToFold'],
];

/** One of each type that statements take. */
const VALUES: Readonly<Record<string, string>> = {
  uuid: '00000000-0000-4000-8000-000000000000',
  jsonb: '{}',
  boolean: 'true',
  'timestamp with time zone': '2026-01-01',
  date: '2026-01-01',
  bytea: '\\x00',
  vector: `[${new Array(256).fill(0.0625)}]`,
};
const dummyOf = (type: string): string =>
  type.endsWith('[]') ? `{${dummyOf(type.slice(0, -2))}}` : (VALUES[type] ?? '1');

// What Citus refuses, it refuses when it plans. Skipped on other databases.
describe.runIf(isDistributed)('Citus', () => {
  it.each(modules)('takes the statements of %s, those of one shop to one shard', async (path) => {
    const faults: string[] = [];
    for (const { name, statements } of await recordStatements(join(SERVER, path))) {
      for (const statement of statements) {
        if (!/^\s*(explain|select|insert|update|delete|with)\b/.test(statement)) continue;
        const fault = await planOnCitus(statement.replace(/^\s*explain \(format json\)/, ''));
        if (fault && !(fault === MANY && OF_ALL_SHOPS.includes(name))) faults.push(`${name}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
  });

  const MANY = 'goes to many shards';

  let prepared = 0;

  async function planOnCitus(statement: string): Promise<string | null> {
    const name = `recorded_${prepared++}`;
    try {
      return await db.asOwner(async (tx) => {
        await tx.query(`prepare ${name} as ${statement}`);
        const { rows } = await tx.query<{ types: string[] }>(
          'select parameter_types::text[] as types from pg_prepared_statements where name = $1',
          [name],
        );
        const values = rows[0]!.types.map((type) => `'${dummyOf(type)}'`).join(', ');
        const plan = await tx.query(`explain (format json) execute ${name}${values && `(${values})`}`);
        const counts = [...JSON.stringify(plan.rows).matchAll(/"Task Count":(\d+)/g)];
        return counts.some(([, count]) => Number(count) > 1) ? MANY : null;
      });
    } catch (error) {
      // Others come of values that make no sense.
      const { code, message } = error as { code?: string; message: string };
      return code === '0A000' || code === 'XX000' ? message : null;
    }
  }
});

describe('the check of statements', () => {
  const SOME: Distributed = new Map([
    ['items', 'shop_id'],
    ['garments', 'shop_id'],
    ['shops', 'id'],
  ]);

  it.each([
    'select from items i join garments g on g.item_id = i.id',
    'explain select from items i join garments g on g.item_id = i.id',
    'select from items i, garments g where g.item_id = i.id and i.shop_id = $1',
    'select from items i left join garments g on g.item_id = i.id or g.shop_id = i.shop_id',
    'select from items i where exists (select from garments g where g.item_id = i.id)',
    'with c as (select i.id from items i join garments g on g.item_id = i.id) select from c',
    'select from items i join (select g.shop_id, g.item_id from garments g) g on g.item_id = i.id',
    'select 1 union all select 1 from items i join garments g on g.item_id = i.id',
    'update items i set title = g.mask from garments g where g.item_id = i.id and i.shop_id = $1',
    'delete from items i using garments g where g.item_id = i.id',
    'insert into items (id) values ($1)',
    'insert into items (shop_id, id) values ($1, $2) on conflict (id) do nothing',
    'insert into items (shop_id, id) select $1, g.item_id from garments g join items i on i.id = g.item_id',
  ])('finds a fault in %s', async (sql) => {
    expect(await findFaults(sql, SOME)).not.toEqual([]);
  });

  it.each([
    'select from items where id = $1',
    'select from items i join garments g on g.shop_id = i.shop_id and g.item_id = i.id',
    'select from items i join garments g using (shop_id)',
    'select from items i, garments g where i.shop_id = $1 and g.shop_id = $1::uuid and g.item_id = i.id',
    'select from items i join shops s on s.id = i.shop_id',
    'select from items i where i.shop_id = $1 and exists (select from garments g where g.shop_id = i.shop_id)',
    'select from items i where (i.shop_id, i.id) = ($1, $2)',
    'select from (select g.shop_id, g.item_id from garments g) g join items i on i.shop_id = g.shop_id',
    'insert into items (shop_id, id) values ($1, $2) on conflict (shop_id, id) do nothing',
  ])('finds none in %s', async (sql) => {
    expect(await findFaults(sql, SOME)).toEqual([]);
  });
});
