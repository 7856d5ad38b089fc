import { once } from 'node:events';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../../server/db/database.ts';
import { answerHealth } from '../../../../server/health/http.ts';
import { openFolderStore } from '../../../../server/store/folder-store.ts';

describe('/healthz, while the database does not respond', () => {
  let close: (() => void) | undefined;
  afterEach(() => close?.());

  const ask = async (kind: Database['kind'], busyMs: number) => {
    const db = { kind, asOwner: () => new Promise(() => undefined) } as unknown as Database;
    const vision = { serving: { provider: 'cpu' } } as Parameters<typeof answerHealth>[0]['vision'];
    const store = openFolderStore('.');
    const app = express();
    app.get('/', answerHealth({ store, db, config: { dataDir: '.' }, vision }, busyMs));
    const server = app.listen(0, '127.0.0.1');
    close = () => server.close();
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const response = await fetch(`http://127.0.0.1:${port}/`);
    return [response.status, (await response.json()).status];
  };

  it.each<[string, Database['kind'], number, unknown[]]>([
    ['is busy where it is the embedded one', 'embedded', 30_000, [200, 'busy']],
    ['fails where the embedded one has had its time', 'embedded', 1000, [503, 'failing']],
    ['fails where it is a server', 'server', 30_000, [503, 'failing']],
  ])('%s', async (_, kind, busyMs, expected) => {
    expect(await ask(kind, busyMs)).toEqual(expected);
  });
});
