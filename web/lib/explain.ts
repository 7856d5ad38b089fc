import type { ApiError } from './api/errors.ts';
import { formatNumber } from './format.ts';
import { en } from './i18n/messages/en.ts';
import { type Explanation, tellError } from './i18n/tell-error.ts';
import type { Translate } from './i18n/words.ts';

/** A failed request, explained in the studio's English. */
export function explain(error: ApiError): Explanation {
  return tellError(error, { t: english as unknown as Translate, language: 'en' });
}

/** The messages about errors have no other placeholders than numbers, and need no library. */
const english = Object.assign(
  (key: string, values: Record<string, number> = {}) => {
    const numbers = new Map(Object.entries(values));
    return String(find(key)).replace(/\{(\w+), number\}/g, (_, name: string) =>
      formatNumber(numbers.get(name) ?? 0),
    );
  },
  { has: (key: string) => find(key) !== undefined },
);

function find(key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>((part, name) => new Map<string, unknown>(Object.entries(part ?? {})).get(name), en);
}
