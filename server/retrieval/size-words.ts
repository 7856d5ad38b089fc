/** Reads sizes in a shopper's words: "size M", "Größe 38 oder 40", "taille S", "talla XL". */

const NOUN = '(?:sizes?|gr(?:ö|oe)(?:ß|ss)en?|tailles?|tallas?)';
/** Also with the system that it belongs to, as feeds that name it write it, "size US 6", and of waist and length, "W32/L34". */
const SIZE =
  '(?:\\d{1,2}xl|x{1,4}[sl]|[sml]|w\\d{2}(?: ?\\/? ?l\\d{2})?|(?:(?:us|uk|eu|de|fr|it) )?\\d{1,3}(?:[.,]5)?)';
const OR = '\\s*(?:\\/|\\s(?:or|oder|ou|o)\\s)\\s*';
const NOT = '(?<!(?:not|no|nicht|keine?|pas)\\s+(?:(?:in|en|de)\\s+)?)';
const SIZED = new RegExp(
  `${NOT}(?<![\\p{L}\\p{N}])${NOUN}\\s*:?\\s*(${SIZE}(?:${OR}${SIZE})*)(?![\\p{L}\\p{N}-])`,
  'gu',
);

/** Sizes as feeds write them, and the text without. Expects lower case. */
export function takeSizes(text: string): { sizes: string[]; rest: string } {
  const sizes: string[] = [];
  const rest = text.replace(SIZED, (_, said: string) => {
    sizes.push(...(said.match(new RegExp(SIZE, 'gu')) ?? []));
    return ' ';
  });
  return { sizes: [...new Set(sizes)], rest: rest.replace(/\s+/g, ' ').trim() };
}
