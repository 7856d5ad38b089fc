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
  // Plural forms come as objects without a prototype, which React does not send to browsers.
  if (typeof part === 'string') return JSON.parse(JSON.stringify(compile(part)));
  const entries = Object.entries(part as object).map(([key, value]) => [key, compileAll(value)]);
  return Object.fromEntries(entries) as T;
}
