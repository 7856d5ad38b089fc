import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const readme = readFileSync('README.md', 'utf8');

describe('the README', () => {
  it('tells what every folder of the server is for', () => {
    const tree = readme.slice(readme.indexOf('\nserver/'), readme.indexOf('\nweb/'));
    const named = [...tree.matchAll(/^ {2}([\w-]+)\//gm)].map(([, name]) => name);
    const folders = readdirSync('server', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(named).toEqual(folders.map(({ name }) => name).sort());
  });

  it('leads to pages that exist', () => {
    const pages = [...readme.matchAll(/\]\(([\w./-]+)/g)]
      .map(([, path]) => path ?? '')
      .filter((path) => !path.startsWith('http'));
    expect(pages.length).toBeGreaterThan(20);
    const missing = pages.filter((path) => !existsSync(path));
    expect(missing).toEqual([]);
  });
});
