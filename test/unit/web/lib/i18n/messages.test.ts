import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, LOCALES } from '../../../../../web/lib/i18n/languages.ts';
import { LAST_WORDS } from '../../../../../web/lib/i18n/last-words.ts';
import { MESSAGES } from '../../../../../web/lib/i18n/messages/index.ts';
import scenes from '../../../../../web/public/scenes/scenes.json' with { type: 'json' };

type Tree = { readonly [key: string]: string | Tree };

/** Every message by its full key. */
function flat(tree: Tree, before = ''): Map<string, string> {
  const all = Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value] as const] : [...flat(value, `${before}${key}.`)],
  );
  return new Map(all);
}

type Node = ReturnType<IntlMessageFormat['getAst']>[number];

/** The names of the values and tags in a message, each once. Throws where its syntax is wrong. */
function placeholders(message: string, locale: string): string[] {
  const found = new Set<string>();
  const walk = (nodes: readonly Node[]) => {
    for (const node of nodes) {
      // Literals and `#` have none.
      if (node.type !== 0 && node.type !== 7) found.add(node.value);
      if ('options' in node) for (const option of Object.values(node.options)) walk(option.value);
      if ('children' in node) walk(node.children);
    }
  };
  walk(new IntlMessageFormat(message, locale).getAst());
  return [...found].sort();
}

const english = flat(MESSAGES.en);

describe.each(LANGUAGES)('the messages in %s', (language) => {
  const own = flat(MESSAGES[language]);

  it('are all there, and none is empty', () => {
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
    expect([...own].filter(([, message]) => message.trim() === '')).toEqual([]);
    expect(english.size).toBeGreaterThan(300);
  });

  it('have the placeholders of the English ones', () => {
    const differing = [...own].filter(
      ([key, message]) =>
        placeholders(message, LOCALES[language]).join() !== placeholders(english.get(key) ?? '', 'en').join(),
    );
    expect(differing).toEqual([]);
  });

  it('have every form that the language’s plurals need', () => {
    const needed = new Intl.PluralRules(LOCALES[language]).resolvedOptions().pluralCategories;
    for (const [key, message] of own) {
      for (const node of new IntlMessageFormat(message, LOCALES[language]).getAst()) {
        if (node.type !== 6) continue;
        // "Many" is for millions in French and Spanish; `other` says it as well.
        const forms = needed.filter((form) => form !== 'many');
        expect(Object.keys(node.options), key).toEqual(expect.arrayContaining(forms));
      }
    }
  });

  it('are not English ones left behind', () => {
    if (language === 'en') return;
    const sentences = [...own].filter(
      ([key, message]) => message === english.get(key) && message.trim().split(/\s+/).length > 3,
    );
    expect(sentences).toEqual([]);
  });

  it('name every drawn scene', () => {
    const names = scenes.map(({ file }) => file.replace('.webp', ''));
    expect(Object.keys(MESSAGES[language].scenes)).toEqual(names);
  });

  it('have last words too', () => {
    expect(Object.values(LAST_WORDS[language]).every(Boolean)).toBe(true);
  });
});

it('the scenes are called in English as they were drawn', () => {
  const drawn = Object.fromEntries(
    scenes.map(({ file, title, alt }) => [file.replace('.webp', ''), { title, alt }]),
  );
  expect(MESSAGES.en.scenes).toEqual(drawn);
});
