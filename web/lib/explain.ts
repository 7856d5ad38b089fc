import { createTranslator } from 'use-intl/core';
import type { ApiError } from './api/errors.ts';
import { en } from './i18n/messages/en.ts';
import { type Explanation, tellError } from './i18n/tell-error.ts';
import type { Translate } from './i18n/words.ts';

const t = createTranslator({ locale: 'en', messages: en }) as unknown as Translate;

/** A failed request, explained in the studio's English. */
export function explain(error: ApiError): Explanation {
  return tellError(error, { t, language: 'en' });
}
