import type { Language } from '../languages.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import type { Messages } from './messages.type.ts';

/** For the server and tests: browsers get those of the page's language alone. */
export const MESSAGES: Readonly<Record<Language, Messages>> = { en, de, fr, es };
