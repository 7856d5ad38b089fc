const FROM = 'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЄІҐЂЈЉЊЋЏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςØøŁłĐđÐðıŦŧĦħÆŒÞ';
const TO = 'абвгдежзиклмнопрстуфхцчшщъыьэюяєіґђјљњћџαβγδεζηθικλμνξοπρστυφχψωσoolldddditthhæœþ';
const LETTERS = new Map([...FROM].map((letter, i) => [letter, TO[i]!]));
const LIGATURES = new Map([
  ['ß', 'ss'],
  ['ẞ', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['þ', 'th'],
]);

/**
 * The text without case and accents, as it is compared. The SQL function `fold_text` does exactly the same, in every
 * locale of a database, so both list the letters that they change.
 */
export function foldText(text: string): string {
  const lower = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return lower
    .replace(/[^ -~]/g, (letter) => LETTERS.get(letter) ?? letter)
    .replace(/[ßẞæœþ]/g, (letter) => LIGATURES.get(letter)!);
}

/** An entry of an index can have no more than 2,700 bytes (migrations/0022_folded_text.sql). */
const KEY_LENGTH = 200;

/** What a value of any length is found by: the SQL `left(fold_text(value), 200)`, which counts code points. */
export function textKey(value: string): string {
  const folded = foldText(value);
  return folded.length <= KEY_LENGTH ? folded : [...folded].slice(0, KEY_LENGTH).join('');
}
