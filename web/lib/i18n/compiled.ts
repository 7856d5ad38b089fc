import compile from 'icu-minify/compile';
import type { Language } from './languages.ts';
import { MESSAGES } from './messages/index.ts';
import type { Messages } from './messages/messages.type.ts';

/**
 * The messages as pages get them: parsed once by the server, so that browsers load no parser of ICU messages
 * (next.config.mjs) and formatting one is a look-up.
 */
export const COMPILED: Readonly<Record<Language, Messages>> = compileAll(MESSAGES);

function compileAll<T>(part: T): T {
  if (typeof part === 'string') return compile(part) as T;
  const entries = Object.entries(part as object).map(([key, value]) => [key, compileAll(value)]);
  return Object.fromEntries(entries) as T;
}
