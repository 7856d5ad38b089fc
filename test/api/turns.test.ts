import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticate } from '../../server/access/authenticate.ts';
import { contextOf } from '../../server/app.ts';
import { MAX_COUNT } from '../../server/graphql/connection.ts';
import { makeSchema } from '../../server/schema.ts';
import { recordStatements } from '../helpers/database.ts';
import { makeShop } from '../helpers/factories.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await makeTestServer();
  await fill(server.shopId, 500);
});
afterAll(() => server.close());

function fill(shopId: string, items: number) {
  return server.db.inShop(shopId, (tx) =>
    tx.query(
      `insert into items (shop_id, id, title, state, availability, content_hash)
       select $1, 'i' || n, 'A red skirt', 'ready', 'in_stock', '\\x00' from generate_series(1, $2::int) n
       on conflict do nothing`,
      [shopId, items],
    ),
  );
}

const aliases = (count: number, field: string) =>
  `{ ${Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(' ')} }`;

describe('a query that asks for much at once', () => {
  it('lets others have their turns between its own', async () => {
    const { db } = server;
    let [done, doneBefore] = [0, -1];
    const work = (client: string, after: () => void) =>
      db.as(client).inShop(server.shopId, async (tx) => {
        await tx.query('select count(*) from items');
        after();
      });
    const many = Array.from({ length: 40 }, () => work('one', () => done++));
    await work('another', () => {
      doneBefore = done;
    });
    await Promise.all(many);
    // On a server with four connections, as many may have been at work already.
    expect(doneBefore).toBeLessThan(10);
  });

  it('waits for itself where it tries many keys', async () => {
    const { db, shopId } = server;
    const key = await server.makeKey('merchandiser');
    const rules = { db, defaultShopId: shopId, controlToken: 'none' };
    let [done, doneBefore] = [0, -1];
    const sent = (address: string, of: string) => ({ address, authorization: `Bearer ${of}` });
    const tries = Array.from({ length: 100 }, (_, i) =>
      authenticate(rules, sent('192.0.2.1', `arm_${'x'.repeat(30)}${i}`)).catch(() => done++),
    );
    // Behind the same address too, once it has been in force.
    for (const address of ['192.0.2.2', '192.0.2.1']) {
      doneBefore = done;
      expect(await authenticate(rules, sent(address, key))).toMatchObject({ role: 'merchandiser' });
      expect(done - doneBefore).toBeLessThan(20);
    }
    await Promise.all(tries);
    expect(done).toBe(100);
  });

  it('is as one client, and its key as another', async () => {
    const key = await server.makeKey('merchandiser');
    const order: string[] = [];
    const asked = server
      .query(aliases(60, 'items(filter: { words: "red" }) { totalCount }'))
      .then((answer) => {
        order.push('many');
        return answer;
      });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await server.query('{ items(first: 1) { totalCount } }', {}, { key });
    order.push('few');
    expect((await asked).errors).toBeUndefined();
    expect(order).toEqual(['few', 'many']);
  });

  it('pays for each count', async () => {
    const { errors } = await server.query(
      aliases(100, 'items(first: 1, filter: { words: "red" }) { totalCount }'),
    );
    expect(errors?.[0]?.extensions.code).toBe('QUERY_TOO_COSTLY');
  });
});

describe('a list of items', () => {
  const statementsOf = async (fields: string) => {
    const { db, statements } = recordStatements(server.db);
    const viewer = { role: 'admin', shopId: server.shopId, client: 'test' } as const;
    const answer = await graphql({
      schema: await makeSchema(),
      source: `{ items(first: 2, filter: { words: "skirt" }) { ${fields} } }`,
      contextValue: contextOf({ ...server.services, db }, viewer),
    });
    expect(answer.errors).toBeUndefined();
    return statements.map((text) => /count\(\*\)|cursorTime/.exec(text)?.[0]).filter(Boolean);
  };

  it('is read, and counted, only where that is asked for, and once', async () => {
    expect(await statementsOf('totalCount isTotalExact')).toEqual(['count(*)']);
    expect(await statementsOf('edges { cursor } pageInfo { hasNextPage }')).toEqual(['cursorTime']);
    expect((await statementsOf('totalCount edges { cursor }')).sort()).toEqual(['count(*)', 'cursorTime']);
  });

  it('is counted exactly up to a thousand', async () => {
    const shopId = await makeShop(server.db);
    const key = await server.makeKey('admin', shopId);
    const count = async (filter: string) =>
      (await server.query(`{ items(filter: ${filter}) { totalCount isTotalExact } }`, {}, { key })).data
        .items;
    await fill(shopId, MAX_COUNT);
    const exact = { totalCount: MAX_COUNT, isTotalExact: true };
    const filters = ['{}', '{ words: "red" }', '{ words: "red", availability: [IN_STOCK] }'];
    for (const filter of filters) expect(await count(filter)).toEqual(exact);
    await server.db.inShop(shopId, (tx) =>
      tx.query(
        `insert into items (shop_id, id, title, state, availability, content_hash)
         values ($1, 'more', 'A red skirt', 'ready', 'in_stock', '\\x00')`,
        [shopId],
      ),
    );
    for (const filter of filters) expect(await count(filter)).toEqual({ ...exact, isTotalExact: false });
    expect(await count('{ words: "blue" }')).toEqual({ totalCount: 0, isTotalExact: true });
  });
});

describe('many requests at once', () => {
  const request = (text: string) =>
    `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;

  async function open(count: number): Promise<Socket[]> {
    const { hostname, port } = new URL(server.url);
    const sockets = Array.from({ length: count }, () => connect(Number(port), hostname));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    return sockets;
  }

  it('are answered, and let others be heard between them', async () => {
    const [other, ...sockets] = await open(101);
    let [answered, answeredBefore] = [0, -1];
    const answers = sockets.map(async (socket, i) => {
      socket.write(request(JSON.stringify({ query: `{ a${i}: __typename }` })));
      const [answer] = await once(socket, 'data');
      answered += 1;
      return String(answer).slice(0, 15);
    });
    other!.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(other!, 'data');
    answeredBefore = answered;
    const all = await Promise.all(answers);
    for (const socket of [other!, ...sockets]) socket.destroy();
    expect(new Set(all)).toEqual(new Set(['HTTP/1.1 200 OK']));
    expect(answeredBefore).toBeLessThan(50);
  });

  it('leave room again when their clients hang up', async () => {
    for (const socket of await open(40)) {
      socket.write(request('{'));
      socket.destroy();
    }
    const { data } = await server.query('{ shop { name } }');
    expect(data.shop).toBeDefined();
  });

  it('leave room again when their client hangs up behind requests sent at once', async () => {
    const [socket] = await open(1);
    socket!.write(request('{"query":"{ shop { name } }"}').repeat(60));
    await once(socket!, 'data');
    socket!.destroy();
    const { data } = await server.query('{ shop { name } }');
    expect(data.shop).toBeDefined();
  });

  it('keep nobody with another key waiting', async () => {
    const sockets = await open(20);
    // Their bodies never end.
    for (const socket of sockets) socket.write(request('{ }').slice(0, -1));
    const key = await server.makeKey('merchandiser');
    const { data } = await server.query('{ shop { name } }', {}, { key });
    for (const socket of sockets) socket.destroy();
    expect(data.shop).toBeDefined();
  });

  it.each(['pictures', 'queries'])(
    'count as long as %s are worked on, also when their client hangs up',
    async (what) => {
      const key = await server.makeKey('merchandiser');
      const { images, recorder } = server.services;
      const [{ read }, { flush }] = [images, recorder].map((kept) => ({ ...kept })) as [
        typeof images,
        typeof recorder,
      ];
      let [begun, goOn] = [0, () => {}];
      const busy = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      const work = async () => {
        begun += 1;
        await busy;
        return Buffer.alloc(0);
      };
      Object.assign(images, { read: work });
      Object.assign(recorder, { flush: work });
      const sha256 = 'ab'.repeat(32);
      await server.db.inShop(server.shopId, (tx) =>
        tx.query(
          `insert into item_images (shop_id, item_id, position, source, sha256, width, height)
         values ($1, 'i1', 0, 'a', $2, 9, 9) on conflict do nothing`,
          [server.shopId, sha256],
        ),
      );
      const insights = '{"query":"{ insights(from: \\"2026-01-01\\", to: \\"2026-01-01\\") { from } }"}';
      const asked =
        what === 'pictures' ? `GET /images/${sha256}.webp HTTP/1.1\r\nHost: x\r\n\r\n` : request(insights);
      try {
        const sockets = await open(20);
        for (const socket of sockets)
          socket.write(asked.replace('Host: x', `Host: x\r\nAuthorization: Bearer ${key}`));
        await expect.poll(() => begun, { timeout: 20_000 }).toBe(16);
        for (const socket of sockets) socket.destroy();
        let isAnswered = false;
        const next = server.query('{ shop { name } }', {}, { key }).finally(() => {
          isAnswered = true;
        });
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        expect(isAnswered).toBe(false);
        goOn();
        expect((await next).data.shop).toBeDefined();
        expect(begun).toBe(16);
      } finally {
        goOn();
        Object.assign(images, { read });
        Object.assign(recorder, { flush });
      }
    },
  );

  it('are not slow to validate', async () => {
    const { errors } = await server.query(`{ ${'shop { id } '.repeat(390)} }`);
    expect(errors?.[0]?.extensions.code).toBe('QUERY_TOO_COSTLY');
  });
});
