import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import { expect, it } from 'vitest';
import { securityHeaders } from '../../../../server/http/security-headers.ts';

async function policies(count: number): Promise<string[]> {
  const answer: RequestHandler = (_, response) => void response.end();
  const http = express().use(securityHeaders, answer).listen(0, '127.0.0.1');
  await once(http, 'listening');
  try {
    const { port } = http.address() as AddressInfo;
    const asked = Array.from({ length: count }, () => fetch(`http://127.0.0.1:${port}/`));
    return (await Promise.all(asked)).map(({ headers }) => headers.get('content-security-policy') ?? '');
  } finally {
    http.close();
  }
}

const directive = (policy: string, name: string) =>
  policy.split(';').find((part) => part.startsWith(`${name} `)) ?? '';

it('scripts run by a nonce that no other answer has, never because they are inline or come from somewhere', async () => {
  const scripts = (await policies(20)).map((policy) => directive(policy, 'script-src'));
  for (const one of scripts) expect(one).toMatch(/^script-src 'nonce-[\w+/]{22}==' 'strict-dynamic'$/);
  expect(new Set(scripts).size).toBe(20);
});

it('the sheet that the zoom library writes into pages is the one that the policy lets through', async () => {
  const file = createRequire(import.meta.url).resolve('react-zoom-pan-pinch');
  const sheets = [...readFileSync(file, 'utf8').matchAll(/var css_\w+ = (".*?");\n/g)];
  const hashes = sheets.map(([, css]) => createHash('sha256').update(JSON.parse(css!)).digest('base64'));
  expect(hashes).toHaveLength(1);
  const [policy] = await policies(1);
  expect(directive(policy!, 'style-src')).toContain(`'sha256-${hashes[0]}'`);
  expect(directive(policy!, 'style-src')).not.toContain('unsafe-inline');
});
