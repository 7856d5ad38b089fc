import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, it } from 'vitest';
import { openHttp } from '../../../../server/http/server.ts';

it('has room for those who wait for the end of an answer', async () => {
  const warnings: string[] = [];
  const note = (warning: Error) => void warnings.push(warning.name);
  process.on('warning', note);
  const server = openHttp((_, response) => {
    for (let i = 0; i < 6; i++) response.once('close', () => undefined);
    void pipeline(Readable.from(['a', 'b']), response);
  }, 10_000);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  expect(await answer.text()).toBe('ab');
  await new Promise((resolve) => server.close(resolve));
  process.off('warning', note);
  expect(warnings).toEqual([]);
});
