import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as names from '../../../web/lib/query-keys.ts';

const WEB = new URL('../../../web/', import.meta.url).pathname;
const CALL = /\buse(?:Loaded|Pages)\(\s*(`[^`]*`|'[^']*'|\w+)/g;

/** How each name begins, and what is loaded under it. */
function namesIn(file: string): { start: string; loader: string }[] {
  const source = readFileSync(join(WEB, file), 'utf8');
  return [...source.matchAll(CALL)].map(({ 1: name = '', index }) => {
    const after = source.slice(index);
    const loader = /\bload[A-Z]\w+/.exec(after)?.[0] ?? /\bload\b|\bbeginWith\b/.exec(after)?.[0] ?? '';
    // A page's own loader is another than that of the same name elsewhere.
    return { start: startOf(name), loader: /^load[A-Z]/.test(loader) ? loader : `${file} ${loader}` };
  });
}

function startOf(name: string): string {
  const literal = /^[`']([^`'$]+)/.exec(name)?.[1];
  if (literal !== undefined) return literal;
  const [called = ''] = /\w+/.exec(name) ?? [];
  const known = new Map<string, unknown>(Object.entries(names)).get(called);
  if (typeof known === 'string') return known;
  return /`([^`$]*)/.exec(String(known))?.[1] ?? name;
}

it('keeps what different requests load under names that cannot meet', () => {
  const files = readdirSync(join(WEB, 'components'), { recursive: true, encoding: 'utf8' });
  const all = files
    .filter((file) => file.endsWith('.tsx') || file.endsWith('.ts'))
    .flatMap((file) => namesIn(join('components', file)));
  expect(all.length).toBeGreaterThan(40);
  const meeting = all.flatMap((one) =>
    all
      .filter((other) => other.loader !== one.loader && other.start.startsWith(one.start))
      .map((other) => `${one.loader} "${one.start}", ${other.loader} "${other.start}"`),
  );
  expect(meeting).toEqual([]);
});
