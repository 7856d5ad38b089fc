/**
 * What a client sends meets these patterns. One that takes time growing faster than the text's length holds up everybody,
 * so each pattern is linear, or its text is known to be short.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';
import { check } from 'recheck';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = ['server', 'web/lib'];

/** Patterns that are not linear, and why that does no harm. */
const SHORT: Readonly<Record<string, string>> = {
  'server/config.ts': 'a setting of whoever runs the server',
  'server/photos/picture-fetcher.ts': 'a message with an address, which has at most 2,000 characters',
  'server/vocabulary/currency-sign.ts': 'the sign beside an amount',
  'server/catalogue/feed/columns.ts': 'a column’s name, cut at 200 characters',
  'server/catalogue/feed/sale-dates.ts': 'a cell of at most 1,000 characters',
  'server/catalogue/feed/forms/json.ts': 'text that is JSON: all of its strings end',
  'server/catalogue/feed/sheets/xlsx-currency.ts': 'a number’s format, cut at 255 characters',
  'server/catalogue/feed/sheets/xlsx-dates.ts': 'a number’s format, cut at 255 characters',
};

interface Pattern {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

function patternsOf(file: string): Pattern[] {
  const found: Pattern[] = [];
  const { program } = parseSync(file, readFileSync(join(ROOT, file), 'utf8'));
  new Visitor({
    Literal(node) {
      if ('regex' in node) found.push({ file, source: node.regex.pattern, flags: node.regex.flags });
    },
  }).visit(program);
  return found;
}

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:ts|tsx|mjs)$/.test(path))
    .map((path) => join(folder, path)),
);

describe('patterns', () => {
  it('are linear, or read short texts alone', { timeout: 300_000 }, async () => {
    const patterns = files.flatMap(patternsOf);
    expect(patterns.length).toBeGreaterThan(100);
    const slow: string[] = [];
    for (const { file, source, flags } of patterns) {
      // The other checker tries texts by chance, and what it finds depends on the time that it gets.
      const result = await check(source, flags, { checker: 'automaton', timeout: 3000 });
      if (result.status !== 'vulnerable') continue;
      const { type, summary } = result.complexity;
      if (type === 'exponential' || !Object.hasOwn(SHORT, file))
        slow.push(`${file}: /${source}/ is ${summary}`);
    }
    expect(slow).toEqual([]);
  });
});
