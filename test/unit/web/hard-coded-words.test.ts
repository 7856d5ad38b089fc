import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { expect, it } from 'vitest';

const WEB = new URL('../../../web/', import.meta.url).pathname;
/** The studio is in English, and item-tools.tsx is its part of an item's page. */
const SHOPPERS =
  /^(?:app\/(?!manage)|components\/(?:garments|items|layout|outfits|photo|similar|ui)\/|lib\/hooks\/).*\.tsx?$/;
const STUDIOS = /item-tools\.tsx$/;
/** Names of fonts are no words. */
const FONTS = /^app\/serif\.ts$/;

/** Attributes with words for people. */
const WORDED =
  /^(?:aria-(?:label|description|valuetext|roledescription)|alt|title|placeholder|label|legend|heading|summary|action|given|what|meaning|empty|hint|name)$/;
const LETTERS = /\p{L}{2,}/u;
/** The start of a sentence: a capital, then at least one more word. */
const SENTENCE = /^\p{Lu}[\p{L}’']*,? [\p{L}’']+/u;

interface Node {
  type: string;
  [key: string]: unknown;
}

/** English words for people that a source file has of its own. */
function hardCoded(source: string, tsx = true): string[] {
  const found: string[] = [];
  const strings = (value: unknown): string[] => {
    if (!isNode(value)) return Array.isArray(value) ? value.flatMap(strings) : [];
    if (value.type === 'StringLiteral') return [String(value.value)];
    if (value.type === 'TemplateElement') return [String(value.raw)];
    // What a call or a component gets is its own business.
    if (value.type === 'CallExpression' || value.type.startsWith('JSXElement')) return [];
    if (value.type === 'BinaryExpression') return [];
    if (value.type === 'ConditionalExpression') return [value.consequent, value.alternate].flatMap(strings);
    return Object.values(value).flatMap(strings);
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
      return;
    }
    if (!isNode(value)) {
      if (value !== null && typeof value === 'object') Object.values(value).forEach(visit);
      return;
    }
    const { type } = value;
    if (type === 'ImportDeclaration' || type === 'ThrowStatement' || type === 'NewExpression') return;
    if (type === 'JSXText' && LETTERS.test(String(value.value).replace('Armoire', '')))
      found.push(String(value.value).trim());
    if (type === 'JSXAttribute') {
      const name = (value.name as { value?: string }).value ?? '';
      if (WORDED.test(name))
        found.push(...strings(value.value).filter((text) => /^\p{Lu}|\s\p{L}/u.test(text)));
    }
    if (type === 'StringLiteral' && SENTENCE.test(String(value.value))) found.push(String(value.value));
    if (type === 'TemplateElement' && SENTENCE.test(String(value.raw))) found.push(String(value.raw));
    Object.values(value).forEach(visit);
  };
  visit(parseSync(source, { syntax: 'typescript', tsx }).body);
  return [...new Set(found)];
}

function isNode(value: unknown): value is Node {
  return value !== null && typeof value === 'object' && 'type' in value && typeof value.type === 'string';
}

it('finds the words that a component has of its own', () => {
  const source = `
    export const A = ({ n, t }) => (
      <section aria-label="Similar items" className="red box">
        <h1>Choose a photo</h1>
        <p title={n ? 'Shown here' : t('b')}>{n > 1 ? 'One moment please' : t('a.b')}</p>
        <img alt={\`Drawn \${n}\`} />
        Armoire <b>{t('c')}</b>
      </section>
    );`;
  expect(hardCoded(source).sort()).toEqual([
    'Choose a photo',
    'Drawn ',
    'One moment please',
    'Shown here',
    'Similar items',
  ]);
});

const files = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter(
  (name) => SHOPPERS.test(name) && !STUDIOS.test(name) && !FONTS.test(name) && !name.includes('.next'),
);

it('looks at the shoppers’ pages', () => expect(files.length).toBeGreaterThan(80));

it.each(files)('%s says nothing in a language of its own', (name) => {
  expect(hardCoded(readFileSync(join(WEB, name), 'utf8'), name.endsWith('x'))).toEqual([]);
});
