import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../helpers/free-port.ts';
import { ROOT, SERVER, type Started, startProcess } from '../helpers/process.ts';

let dataDir: string;
let server: Started;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'armoire-import-'));
  // Six pictures, each an item.
  for (let n = 1; n <= 6; n++) {
    const name = `scene-${n}.webp`;
    await cp(join(ROOT, 'web/public/scenes', name), join(dataDir, 'feed', name));
  }
  server = startProcess(SERVER, dataDir, { PORT: String(await freePort()) });
  await server.said(/Armoire is ready/);
});
afterAll(async () => {
  server.child.kill('SIGKILL');
  await server.ended();
  await rm(dataDir, { recursive: true, force: true });
});

it('npm run import says that the import goes on when its server dies, and the next start ends it', async () => {
  const command = ['npm', 'run', '--silent', 'import', '--', join(dataDir, 'feed')];
  const client = startProcess(command, dataDir);
  await client.said(/\[[#-]+\] +0 of \d+ items/);
  server.child.kill('SIGKILL');
  expect(await client.ended()).toBe(130);
  expect(client.output()).toContain('The server has stopped. The import continues');
  const again = startProcess(command, dataDir);
  expect(await again.ended(), again.output()).toBe(0);
  expect(again.output()).toMatch(/6 rows?: .* 0 rejected, 0 failed/);
});
