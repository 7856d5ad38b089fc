import type { en } from './en.ts';

type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };

/** What every language has: the keys of the English messages. */
export type Messages = Texts<typeof en>;
