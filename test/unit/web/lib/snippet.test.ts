import { expect, it } from 'vitest';
import { htmlSnippet, moduleSnippet, USUAL_THEME } from '../../../../web/lib/snippet.ts';

const usual = {
  tag: 'armoire-similar',
  origin: 'https://armoire.example',
  key: 'armw_key',
  item: 'A-1',
  count: 12,
  heading: '',
  theme: USUAL_THEME,
} as const;

it('a snippet has the script and the element, and of the choices those that differ', () => {
  expect(htmlSnippet(usual)).toBe(
    '<script type="module" src="https://armoire.example/widget/armoire.js?key=armw_key"></script>\n' +
      '<armoire-similar item="A-1"></armoire-similar>\n',
  );
  const own = { ...usual, count: 6, theme: { ...USUAL_THEME, radius: 0, accent: '#123456' } };
  expect(htmlSnippet(own)).toMatch(
    /^<style>\n {2}armoire-similar \{\n {4}--armoire-accent: #123456;\n {4}--armoire-radius: 0px;\n {2}\}\n<\/style>\n/,
  );
  expect(htmlSnippet(own)).toContain('<armoire-similar item="A-1" count="6"></armoire-similar>');
  expect(htmlSnippet({ ...usual, tag: 'armoire-photo-search' })).toContain(
    '<armoire-photo-search></armoire-photo-search>',
  );
  expect(htmlSnippet({ ...usual, key: '', item: '' })).toMatch(/key=armw_YOUR_KEY.*item="ITEM_ID"/s);
});

it('what is written by hand cannot end an attribute or a string', () => {
  const odd = { ...usual, item: 'a"b&<c', heading: '"><script>', key: `k"'&y` };
  expect(htmlSnippet(odd)).toContain('item="a&quot;b&amp;&lt;c" heading="&quot;>&lt;script>"');
  expect(htmlSnippet(odd)).toContain(`key=k%22'%26y"`);
  expect(moduleSnippet(odd)).toContain(`key: "k\\"'&y"`);
});
