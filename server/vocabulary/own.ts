/**
 * The record's own entry of this name. A bracket look-up by a text from outside also finds what every object inherits,
 * such as `constructor`; test/unit/own-keys.test.ts refuses those everywhere but here.
 */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
