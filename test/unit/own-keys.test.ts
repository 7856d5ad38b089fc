import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Expression,
  isBinaryExpression,
  isElementAccessExpression,
  SyntaxKind,
} from 'typescript/unstable/ast';
import { API } from 'typescript/unstable/sync';
import { expect, it, vi } from 'vitest';
import { own } from '../../server/vocabulary/own.ts';

vi.setConfig({ testTimeout: 120_000 });

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The one place that may: it asks first whether the name is the object's own. */
const ALLOWED = ['server/vocabulary/own.ts'];

/** A look-up by a number, by one of a closed set of names, or by a symbol. */
const CLOSED = /^(number|unique symbol|\d+|"[^"]*"|[A-Z]\w*|\s|\|)+$/;

/**
 * Look-ups `object[text]` and `text in object` by any text at all, of objects that inherit something. An object that is
 * declared as `Object.create(null)` inherits nothing.
 */
function openLookUps(): string[] {
  const api = new API({ cwd: ROOT });
  try {
    const found: string[] = [];
    const configs = ['tsconfig.json', 'web/tsconfig.json'].map((name) => ROOT + name);
    for (const { program, checker } of api.updateSnapshot({ openProjects: configs }).getProjects()) {
      const lookUps: { place: string; object: Expression; name: Expression }[] = [];
      for (const file of program.getSourceFileNames()) {
        const path = relative(ROOT, file);
        if (!/^(server|web)\//.test(path) || /node_modules|\/generated\/|\.next/.test(path)) continue;
        const text = program.getSourceFile(file)!;
        const visit = (node: Parameters<Parameters<typeof text.forEachChild>[0]>[0]): undefined => {
          const place = `${path}: ${text.text.slice(node.pos, node.end).trim()}`;
          if (isElementAccessExpression(node)) {
            lookUps.push({ place, object: node.expression, name: node.argumentExpression });
          } else if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.InKeyword) {
            lookUps.push({ place, object: node.right, name: node.left });
          }
          node.forEachChild(visit);
        };
        text.forEachChild(visit);
      }
      const types = checker.getTypeAtLocation(lookUps.map(({ name }) => name));
      const symbols = checker.getSymbolAtLocation(lookUps.map(({ object }) => object));
      lookUps.forEach(({ place }, i) => {
        if (CLOSED.test(checker.typeToString(types[i]!))) return;
        const declared = symbols[i]?.valueDeclaration?.resolve();
        const text = declared?.getText() ?? '';
        if (text.includes('Object.create(null)')) return;
        found.push(place);
      });
    }
    return found;
  } finally {
    api.close();
  }
}

it('an object is never looked into by any text at all', () => {
  const found = openLookUps();
  expect(found.filter((place) => !ALLOWED.some((path) => place.startsWith(`${path}:`)))).toEqual([]);
  // So that the search is known to see one.
  expect(found).toEqual(['server/vocabulary/own.ts: record[name]']);
});

it('an own entry is found, an inherited one is not', () => {
  const record = { a: 1, ...JSON.parse('{"__proto__": 2}') };
  expect(own(record, 'a')).toBe(1);
  expect(own(record, '__proto__')).toBe(2);
  for (const name of ['constructor', 'toString', 'hasOwnProperty']) expect(own(record, name)).toBeUndefined();
});
