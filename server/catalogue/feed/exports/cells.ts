import { own } from '../../../vocabulary/own.ts';
import { LIMITS } from '../../limits.ts';
import { cleanParagraphs } from '../clean.ts';
import type { Fields } from '../raw.ts';

/** The text of the first of these columns that has any; '' if none has. */
export function textOf(fields: Readonly<Fields>, ...names: string[]): string {
  for (const name of names) {
    const value = own(fields, name);
    const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
    if (text !== '') return text;
  }
  return '';
}

/** What shows that a text is too long. */
const OVER = 10;

/** A description that several rows share, cleaned once for all and little longer than what an item keeps. */
export function sharedText(description: string): string {
  const text = cleanParagraphs(description);
  return typeof text === 'string' ? text.slice(0, LIMITS.descriptionLength + OVER) : '';
}

/** Characters of the rows that wait for others: more would not fit into memory. */
export const MOST_WAITING = 64 * 1024 * 1024;

export function sizeOf(fields: Readonly<Fields>): number {
  let size = 0;
  for (const name in fields) {
    const value = own(fields, name);
    if (typeof value === 'string') size += value.length;
  }
  return size;
}

/** Without the columns that have nothing to say. */
export function filled(fields: Readonly<Fields>): Fields {
  const kept: Fields = Object.create(null);
  for (const name in fields) {
    const value = own(fields, name);
    if (value !== '' && value !== undefined && !(Array.isArray(value) && value.length === 0))
      kept[name] = value;
  }
  return kept;
}

const OPTIONS: readonly [column: string, words: RegExp][] = [
  ['color', /^(?:colou?rs?|farben?|couleurs?|colore?|kleur|färg|farve|farge|väri|kolor|barva|cor)$/i],
  [
    'size',
    /^(?:sizes?|gr(?:ö|oe)(?:ß|ss)en?|tailles?|talla|taglia|maat|storlek|størrelse|koko|rozmiar|tamanho)$/i,
  ],
  ['material', /^(?:materials?|materiale?|matière|materiaal|tessuto|stof|stoff|fabric)$/i],
  ['pattern', /^(?:patterns?|muster|motif|motivo)$/i],
  ['gender', /^(?:gender|geschlecht|genre|género|genere|geslacht)$/i],
  ['age_group', /^age[ _]group$/i],
];

/** Google's column for an option or attribute that a shop calls this; otherwise its own name. */
export function optionColumn(name: string): string {
  const plain = name.trim().replace(/^pa_/, '');
  return OPTIONS.find(([, words]) => words.test(plain))?.[0] ?? plain.toLowerCase().replace(/[\s-]+/g, '_');
}
