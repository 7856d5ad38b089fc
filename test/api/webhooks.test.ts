import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EndpointTask } from '../../server/catalogue/queue/tasks.ts';
import { uuidOf } from '../../server/catalogue/queue/uuid.ts';
import { noteEvent } from '../../server/outbox/note-event.ts';
import type { Schedule } from '../../server/webhooks/schedule.ts';
import { startWebhooks, type Webhooks } from '../../server/webhooks/start.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { makeShop } from '../helpers/factories.ts';
import { CANDIDATE_MODEL, makeFakeCandidate } from '../helpers/fake-vision.ts';
import { openReceiver, type Received, type Receiver } from '../helpers/receiver.ts';
import { type Answer, makeTestServer, type TestServer } from '../helpers/server.ts';

vi.setConfig({ testTimeout: 60_000 });

const SCHEDULE: Schedule = {
  pauses: [0.05, 0.1, 0.2],
  longestProbe: 0.2,
  mostTries: 10_000,
  givesUpAfter: 3600,
  disablesAfter: 3600,
  collects: 0.1,
};
const PATIENT = { timeout: 50_000, interval: 20 };
const IMPORT = 'mutation ($file: Upload!) { importCatalogue(feed: $file) { id } }';
const ALL = '[IMPORT_FINISHED, ITEM_FAILED, MODEL_PROMOTED]';
const FIELDS = 'id url label events disabledAt disabledReason failingSince waitingCount signsWithBothUntil';
const DELIVERY = 'id messageId type isTest state tries items status answer error tookMs triedAt endedAt body';

async function make(server: TestServer, key: string, url: string, events = ALL) {
  const { data, errors } = await server.query(
    `mutation ($url: String!) { createWebhook(webhook: { url: $url, label: "Te\\u001bst\\n", events: ${events} }) {
      secret endpoint { ${FIELDS} } } }`,
    { url },
    { key },
  );
  expect(errors).toBeUndefined();
  expect(data.createWebhook.endpoint.label).toBe('Test');
  return data.createWebhook as { secret: string; endpoint: { id: string } };
}

async function list(
  server: TestServer,
  key: string,
  endpointId: string,
  more = '',
): Promise<Answer['data'][]> {
  const { data } = await server.query(
    `query ($id: ID!) { webhookDeliveries(endpointId: $id, first: 100 ${more}) { edges { node { ${DELIVERY} } } } }`,
    { id: endpointId },
    { key },
  );
  return data.webhookDeliveries.edges.map(({ node }: { node: unknown }) => node);
}

/** A feed whose pictures are refused at once, so that these items fail. */
async function importFailing(server: TestServer, key: string, ids: readonly string[], name: string) {
  const rows = ids.map((id) => `${id},Skirt ${name},http://127.0.0.1/${name}.jpg`);
  const feed = Buffer.from(`id,title,image_link\n${rows.join('\n')}\n`);
  const { data, errors } = await server.upload(IMPORT, feed, { key, name: `${name}.csv` });
  expect(errors).toBeUndefined();
  const { id } = data.importCatalogue;
  await expect
    .poll(async () => {
      const job = await server.query(`{ importJob(id: "${id}") { state } }`, {}, { key });
      return job.data.importJob.state;
    }, PATIENT)
    .toBe('DONE');
  return id as string;
}

/** "import.finished a", "item.failed a x y": what was told, by the names of imports. */
function shown({ type, data }: Received, names: ReadonlyMap<string, string>): string {
  const name = names.get(data.importId) ?? '';
  const items = (data.items ?? []).map(({ itemId }: { itemId: string }) => itemId).sort();
  return [type, name, ...items].join(' ').trim();
}

/**
 * As a killed server leaves its task, whose files were in another store than ours: claimed, or where other servers of a
 * PostgreSQL may be alive, as it is once the claim has expired.
 */
async function leaveTask(db: TestDatabase, task: EndpointTask): Promise<void> {
  const id = uuidOf(task.shopId, task.endpointId);
  const values = [id, JSON.stringify({ ...task, store: 'another' })];
  await db.asOwner(async (tx) => {
    await tx.query(`delete from pgboss.job where name = 'webhook-endpoints' and id = $1`, [id]);
    await tx.query(
      `insert into pgboss.job (id, name, data, state, started_on, expire_in)
       values ($1, 'webhook-endpoints', $2, '${db.kind === 'embedded' ? 'active' : 'retry'}', now(), '1 hour')`,
      values,
    );
  });
}

describe('a receiver that was down', () => {
  it('gets every delivery once it is back, in order by item, also over a restart of the server', async () => {
    const [mine, others] = [await openReceiver(), await openReceiver()];
    mine.answer = () => 'cut';
    const db = await openTestDatabase();
    const options = {
      webhooks: SCHEDULE,
      worker: true,
      candidate: makeFakeCandidate(),
      environment: { FETCH_ALLOW_HOSTS: `${mine.host},${others.host}` },
    };
    let server = await makeTestServer({ ...options, db: { ...db, close: async () => undefined } });
    try {
      const key = await server.makeKey('admin');
      const other = await makeShop(server.db);
      await make(server, await server.makeKey('admin', other), `${others.url}/hook`);
      const { secret, endpoint } = await make(server, key, `${mine.url}/hook?shop=1`);

      const a = await importFailing(server, key, ['x', 'y'], 'a');
      const b = await importFailing(server, key, ['x'], 'b');
      await expect.poll(() => mine.attempts.length, PATIENT).toBeGreaterThan(2);
      const task = { shopId: server.shopId, endpointId: endpoint.id };
      await server.close();
      await leaveTask(db, task);
      server = await makeTestServer({ ...options, db });
      const c = await importFailing(server, key, ['y'], 'c');
      expect(mine.taken).toEqual([]);
      mine.answer = () => 204;
      await expect.poll(() => mine.taken.length, PATIENT).toBe(6);

      const names = new Map([
        [a, 'a'],
        [b, 'b'],
        [c, 'c'],
      ]);
      const told = mine.taken.map((received) => shown(received, names));
      expect([...told].sort()).toEqual([
        'import.finished a',
        'import.finished b',
        'import.finished c',
        'item.failed a x y',
        'item.failed b x',
        'item.failed c y',
      ]);
      const comes = (first: string, second: string) => told.indexOf(first) < told.indexOf(second);
      expect(comes('item.failed a x y', 'item.failed b x')).toBe(true);
      expect(comes('item.failed a x y', 'item.failed c y')).toBe(true);
      for (const [name, items] of [
        ['a', 'x y'],
        ['b', 'x'],
        ['c', 'y'],
      ]) {
        expect(comes(`item.failed ${name} ${items}`, `import.finished ${name}`)).toBe(true);
      }
      // Each is one and the same message at every attempt, and signed.
      expect(new Set(mine.taken.map(({ id }) => id)).size).toBe(6);
      const webhook = new Webhook(secret);
      for (const { body, headers } of mine.attempts) {
        expect(webhook.verify(body, headers as Record<string, string>)).toEqual(JSON.parse(body));
      }
      expect(
        mine.taken.find(({ type, data }) => type === 'import.finished' && data.importId === a)?.data,
      ).toEqual({
        importId: a,
        name: 'a.csv',
        kind: 'feed',
        attempt: 1,
        state: 'done',
        failure: null,
        rowsTotal: 2,
        rowsRejected: 0,
        rowsUnchanged: 0,
        itemsReady: 0,
        itemsFailed: 2,
        itemsCancelled: 0,
        itemsDeleted: 0,
        warnings: 0,
        startedAt: expect.stringMatching(/Z$/),
        finishedAt: expect.stringMatching(/Z$/),
      });
      // The last attempt's outcome is noted a moment after it was answered.
      const states = async () => (await list(server, key, endpoint.id)).map(({ state }) => state);
      await expect.poll(states, PATIENT).toEqual(Array(6).fill('DELIVERED'));
      expect(others.attempts).toEqual([]);
      expect(server.logged).toEqual([]);
    } finally {
      await server.close();
      await mine.close();
      await others.close();
    }
    // Two servers start, one after the other.
  }, 180_000);
});

describe('webhooks', () => {
  let server: TestServer;
  let receiver: Receiver;
  let key: string;
  let webhooks: Webhooks | null = null;
  beforeAll(async () => {
    receiver = await openReceiver();
    server = await makeTestServer({
      candidate: makeFakeCandidate(),
      environment: { FETCH_ALLOW_HOSTS: receiver.host },
    });
  });
  beforeEach(async () => {
    key = await server.makeKey('admin', await makeShop(server.db));
    receiver.forget();
  });
  afterEach(async () => {
    await webhooks?.stop();
    webhooks = null;
    expect(server.logged.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await server.close();
    await receiver.close();
  });

  const start = (schedule: Partial<Schedule> = {}) => {
    webhooks = startWebhooks(server.services, { schedule: { ...SCHEDULE, ...schedule }, pollMs: 20 });
  };
  const shopOf = async () => {
    const { data } = await server.query('{ shop { id } }', {}, { key });
    return data.shop.id as string;
  };
  const ask = (query: string, as = key) => server.query(query, {}, { key: as });
  const endpointOf = async (id: string) => {
    const { data } = await ask(`{ webhooks { ${FIELDS} } }`);
    return data.webhooks.find((endpoint: { id: string }) => endpoint.id === id);
  };
  const fail = async (importId: string, ids: readonly string[]) => {
    const shopId = await shopOf();
    await server.db.inShop(shopId, async (tx) => {
      for (const [i, itemId] of ids.entries()) {
        const data = { itemId, row: i + 1, code: 'FETCH_FAILED', reason: 'It is gone.', kept: false };
        await noteEvent(tx, shopId, 'item.failed', async () => ({ importId, itemId, data }));
      }
    });
  };
  const importId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const itemsOf = ({ data }: Received) =>
    data.items.map(({ itemId }: { itemId: string }) => itemId).join(' ');

  it('of an item wait for the one before, and those of others do not', async () => {
    await make(server, key, receiver.url);
    let isMended = false;
    receiver.answer = ({ body }) => (!isMended && body.includes('"stuck"') ? 500 : 204);
    await fail(importId(1), ['stuck']);
    start();
    await expect.poll(() => receiver.attempts.length, PATIENT).toBeGreaterThan(0);
    await fail(importId(2), ['stuck', 'along']);
    await fail(importId(3), ['free']);
    await expect.poll(() => receiver.taken.map(itemsOf), PATIENT).toEqual(['free']);
    const tried = receiver.attempts.length;
    await expect.poll(() => receiver.attempts.length, PATIENT).toBeGreaterThan(tried);
    expect(receiver.attempts.map(itemsOf)).not.toContain('stuck along');
    isMended = true;
    await expect.poll(() => receiver.taken.map(itemsOf), PATIENT).toEqual(['free', 'stuck', 'stuck along']);
  });

  it('do not wait for those of endpoints that hang', async () => {
    const made = [];
    for (let i = 0; i < 9; i++) made.push(await make(server, key, `${receiver.url}/hang/${i}`));
    await make(server, key, `${receiver.url}/quick`);
    receiver.answer = ({ path }) => (path.includes('/hang/') ? 'hang' : 204);
    await fail(importId(1), ['any']);
    start();
    await expect.poll(() => receiver.taken.length, PATIENT).toBe(1);
    const waiting = await Promise.all(made.map(({ endpoint }) => list(server, key, endpoint.id)));
    expect(waiting.flat().map(({ state, tries }) => [state, tries])).toEqual(made.map(() => ['WAITING', 0]));
  });

  it('tell of at most 2,000 failed items of an import, a hundred at a time', async () => {
    await make(server, key, receiver.url);
    const shopId = await shopOf();
    await server.db.asOwner((tx) =>
      tx.query(
        `insert into outbox (shop_id, type, import_id, item_id, data)
         select $1, 'item.failed', $2, 'item-' || n, jsonb_build_object('itemId', 'item-' || n, 'reason', 'It is gone.')
         from generate_series(1, 2150) as n`,
        [shopId, importId(1)],
      ),
    );
    await fail(importId(2), ['last']);
    start();
    await expect.poll(() => receiver.taken.at(-1)?.data.importId, PATIENT).toBe(importId(2));
    expect(receiver.taken.map(({ data }) => data.items.length)).toEqual([...Array(20).fill(100), 1]);
  });

  it('tell of a model that is promoted or rolled back to', async () => {
    await make(server, key, receiver.url);
    const shopId = await shopOf();
    await server.db.asOwner((tx) => tx.query('select open_model($1::uuid, $2)', [shopId, CANDIDATE_MODEL]));
    await server.db.asOwner((tx) =>
      tx.query(`update shop_models set state = 'ready' where shop_id = $1`, [shopId]),
    );
    const { data } = await ask('{ models { id name } }');
    const { id, name } = data.models.at(-1);
    const promoted = await ask(`mutation { promoteModel(id: "${id}") { id } }`);
    expect(promoted.errors).toBeUndefined();
    await ask(`mutation { promoteModel(id: "${id}") { id } }`);
    await ask('mutation { rollBackModel { id } }');
    start();
    await expect
      .poll(() => receiver.taken.map((received) => received.data), PATIENT)
      .toEqual([
        { modelId: id, name, rolledBack: false },
        { modelId: 'original', name: data.models[0].name, rolledBack: true },
      ]);
  });

  it('are given up one by one, and an endpoint that fails for long is switched off and keeps what waits', async () => {
    const { endpoint } = await make(server, key, receiver.url);
    receiver.answer = ({ body }) => (body.includes('poison') ? 400 : 204);
    await fail(importId(1), ['poison']);
    start({ mostTries: 3 });
    await expect
      .poll(async () => (await list(server, key, endpoint.id))[0], PATIENT)
      .toMatchObject({ state: 'FAILED', tries: 3, status: 400, answer: 'answered 400', error: null });
    await webhooks!.stop();

    receiver.answer = () => 'cut';
    start({ disablesAfter: 0.3 });
    await fail(importId(2), ['one']);
    await expect
      .poll(() => endpointOf(endpoint.id), PATIENT)
      .toMatchObject({ disabledReason: 'FAILING', waitingCount: 1, disabledAt: expect.any(String) });
    // Nothing is told to it meanwhile.
    await fail(importId(3), ['two']);
    const refused = await ask(`mutation { sendWebhookTest(endpointId: "${endpoint.id}") { id } }`);
    expect(refused.errors?.[0]?.extensions.code).toBe('WEBHOOK_DISABLED');
    receiver.answer = () => 204;
    await ask(`mutation { switchWebhook(id: "${endpoint.id}", on: true) { id } }`);
    await expect.poll(() => receiver.taken.map(itemsOf), PATIENT).toEqual(['one']);
    expect(await endpointOf(endpoint.id)).toMatchObject({ disabledReason: null, failingSince: null });
  });

  it('stop at once where the receiver says that it is gone', async () => {
    const { endpoint } = await make(server, key, receiver.url);
    receiver.answer = () => 410;
    await fail(importId(1), ['x']);
    start();
    await expect.poll(() => endpointOf(endpoint.id), PATIENT).toMatchObject({ disabledReason: 'GONE' });
    expect(receiver.attempts.length).toBe(1);
  });

  it('go on where an address is gone that the endpoint no longer has', async () => {
    const { endpoint } = await make(server, key, `${receiver.url}/old`);
    // While the old address takes its time to say that it is gone.
    receiver.answer = async ({ path }) => {
      if (!path.endsWith('/old')) return 204;
      const change = `mutation { changeWebhook(id: "${endpoint.id}", webhook: { url: "${receiver.url}/new", events: [ITEM_FAILED] }) { id } }`;
      expect((await ask(change)).errors).toBeUndefined();
      return 410;
    };
    await fail(importId(1), ['x']);
    start();
    await expect.poll(() => receiver.taken.map(itemsOf), PATIENT).toEqual(['x']);
    expect(receiver.attempts.map(({ path }) => path.split('/').at(-1))).toEqual(['old', 'new']);
    expect(await endpointOf(endpoint.id)).toMatchObject({ disabledReason: null });
  });

  it('can be tested, and sent again with the same id', async () => {
    const { endpoint } = await make(server, key, receiver.url);
    const merchandiser = await server.makeKey('merchandiser', await shopOf());
    start();
    receiver.answer = () => 503;
    const test = `mutation { sendWebhookTest(endpointId: "${endpoint.id}") { id isTest state } }`;
    const { data } = await ask(test, merchandiser);
    const { id } = data.sendWebhookTest;
    expect(data.sendWebhookTest).toMatchObject({ isTest: true, state: 'WAITING' });
    const first = async () => (await list(server, key, endpoint.id))[0];
    // A test is tried once, and an endpoint that only a test failed at does not count as failing.
    await expect.poll(first, PATIENT).toMatchObject({ id, state: 'FAILED', tries: 1, status: 503 });
    expect(await endpointOf(endpoint.id)).toMatchObject({ failingSince: null });
    receiver.answer = () => 204;
    await ask(`mutation { sendWebhookAgain(deliveryId: "${id}") { id } }`, merchandiser);
    await expect.poll(first, PATIENT).toMatchObject({ id, state: 'DELIVERED', status: 204 });
    expect(receiver.attempts.map((received) => received.id)).toEqual([`msg_${id}`, `msg_${id}`]);
    expect(receiver.taken[0]?.type).toBe('webhook.test');
    expect(await list(server, key, endpoint.id, ', state: FAILED')).toEqual([]);
  });

  it('have at most two good secrets, though several are made at once', async () => {
    const { endpoint } = await make(server, key, receiver.url);
    const rotate = () => ask(`mutation { rotateWebhookSecret(id: "${endpoint.id}") { secret } }`);
    await Promise.all([rotate(), rotate(), rotate(), rotate()]);
    const { rows } = await server.db.asOwner((tx) =>
      tx.query('select expires_at from webhook_secrets where endpoint_id = $1', [endpoint.id]),
    );
    expect(rows.filter(({ expires_at }) => expires_at === null)).toHaveLength(1);
    expect(rows.length).toBeLessThanOrEqual(2);
  });

  it('are signed with both secrets for a while after a new one is made; requests cannot read them', async () => {
    const { secret, endpoint } = await make(server, key, receiver.url);
    const rotate = async (hours: number) => {
      const rotated = `rotateWebhookSecret(id: "${endpoint.id}", keepHours: ${hours}) { secret endpoint { ${FIELDS} } }`;
      return (await ask(`mutation { ${rotated} }`)).data.rotateWebhookSecret;
    };
    const second = await rotate(24);
    expect(second.endpoint.signsWithBothUntil).toEqual(expect.any(String));
    start();
    const signatures = async () => {
      const seen = receiver.taken.length;
      await ask(`mutation { sendWebhookTest(endpointId: "${endpoint.id}") { id } }`);
      await expect.poll(() => receiver.taken.length, PATIENT).toBe(seen + 1);
      return receiver.taken.at(-1)!;
    };
    const verifies = ({ body, headers }: Received, by: string) => {
      try {
        return Boolean(new Webhook(by).verify(body, headers as Record<string, string>));
      } catch {
        return false;
      }
    };
    const both = await signatures();
    expect([secret, second.secret].map((by) => verifies(both, by))).toEqual([true, true]);
    // A third takes the place of the second, and the first ends.
    const third = await rotate(24);
    const later = await signatures();
    expect([secret, second.secret, third.secret].map((by) => verifies(later, by))).toEqual([
      false,
      true,
      true,
    ]);
    const fourth = await rotate(0);
    expect(fourth.endpoint.signsWithBothUntil).toBeNull();
    const last = await signatures();
    expect([third.secret, fourth.secret].map((by) => verifies(last, by))).toEqual([false, true]);

    const shopId = await shopOf();
    const read = server.db.inShop(shopId, (tx) => tx.query('select secret from webhook_secrets'));
    await expect(read).rejects.toThrow(/permission denied/);
  });

  it.each([
    ['http://hooks.example/', 'INVALID_INPUT'],
    ['ftp://hooks.example/', 'INVALID_INPUT'],
    ['hooks.example', 'INVALID_INPUT'],
    [`https://hooks.example/${'x'.repeat(3000)}`, 'INVALID_INPUT'],
    ['https://127.0.0.1/', 'FETCH_REFUSED'],
    ['https://[::1]/', 'FETCH_REFUSED'],
    ['https://169.254.169.254/latest', 'FETCH_REFUSED'],
    ['https://localhost/', 'FETCH_REFUSED'],
    ['https://hooks.example:8443/', 'FETCH_REFUSED'],
    ['https://user:word@hooks.example/', 'FETCH_REFUSED'],
  ])('are not sent to %s', async (url, code) => {
    const query =
      'mutation ($url: String!) { createWebhook(webhook: { url: $url, events: [ITEM_FAILED] }) { secret } }';
    const { errors } = await server.query(query, { url }, { key });
    expect(errors?.[0]?.extensions).toMatchObject({ code, field: 'url' });
  });

  it('are not sent with a password, not even to a host of FETCH_ALLOW_HOSTS', async () => {
    const url = receiver.url.replace('//', '//user:word@');
    const made = await ask(
      `mutation { createWebhook(webhook: { url: "${url}", events: [ITEM_FAILED] }) { secret } }`,
    );
    expect(made.errors?.[0]?.extensions).toMatchObject({ code: 'FETCH_REFUSED', field: 'url' });
    expect(made.errors?.[0]?.message).not.toContain('word@');
  });

  it('are the admin’s to make; ten at most, with at least one event', async () => {
    const merchandiser = await server.makeKey('merchandiser', await shopOf());
    const create =
      'mutation { createWebhook(webhook: { url: "https://hooks.example", events: [ITEM_FAILED] }) { secret } }';
    expect((await ask(create, merchandiser)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await ask(create.replace('ITEM_FAILED', ''))).errors?.[0]?.extensions.field).toBe('events');
    for (let made = 0; made < 10; made++) expect((await ask(create)).errors).toBeUndefined();
    expect((await ask(create)).errors?.[0]?.extensions.code).toBe('TOO_MANY_WEBHOOKS');
    expect((await ask('{ webhooks { id } }', merchandiser)).data.webhooks.length).toBe(10);
    const widget = await server.makeKey('widget', await shopOf());
    expect((await ask('{ webhooks { id } }', widget)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('are tested or given a secret while another removes them: that is done, or they are no more', async () => {
    const codes = new Set<string>();
    for (let round = 0; round < 5; round++) {
      const { endpoint } = await make(server, key, receiver.url);
      const on = (work: string) => ask(`mutation { ${work.replace('ID', `"${endpoint.id}"`)} }`);
      const changes = Array.from({ length: 6 }, () => [
        on('rotateWebhookSecret(id: ID) { secret }'),
        on('sendWebhookTest(endpointId: ID) { id }'),
      ]).flat();
      const answers = await Promise.all([...changes, on('removeWebhook(id: ID)')]);
      for (const { errors } of answers) codes.add(String(errors?.[0]?.extensions.code ?? 'done'));
    }
    codes.delete('done');
    codes.delete('NOT_FOUND');
    expect([...codes]).toEqual([]);
  });

  it('note nothing that no endpoint wants', async () => {
    await make(server, key, receiver.url, '[IMPORT_FINISHED]');
    await fail(importId(1), ['x']);
    const { rows } = await server.db.asOwner((tx) => tx.query('select from outbox'));
    expect(rows).toEqual([]);
  });
});
