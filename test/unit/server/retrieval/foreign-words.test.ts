import { describe, expect, it } from 'vitest';
import { interpretWords } from '../../../../server/retrieval/interpret-words.ts';
import { Category as C } from '../../../../server/vocabulary/category.ts';

const DRESSES = [C.SHORT_SLEEVE_DRESS, C.LONG_SLEEVE_DRESS, C.VEST_DRESS, C.SLING_DRESS];
const NOTHING = {
  colours: [],
  categories: [],
  patterns: [],
  sizes: [],
  price: null,
  titleWords: [],
  ignored: [],
  notUnderstood: [],
};
const price = (min: number | null, max: number | null, phrase: string) => ({
  price: { min, max, thanOwn: null, phrases: [phrase] },
});
const than = (thanOwn: 'cheaper' | 'dearer', phrase: string) => ({
  price: { min: null, max: null, thanOwn, phrases: [phrase] },
});

describe('the words of a refinement in German, French and Spanish', () => {
  it.each<[string, Partial<ReturnType<typeof interpretWords>>]>([
    ['rot', { colours: ['red'] }],
    ['rouge', { colours: ['red'] }],
    ['jupe en jean', { categories: [C.SKIRT], titleWords: ['denim'] }],
    ['pas moins cher', { notUnderstood: ['pas moins cher'] }],
    ['nicht teurer als 50 Euro', price(null, 50, 'nicht teurer als 50 euro')],
    ['pas plus cher que 50 euros', price(null, 50, 'pas plus cher que 50 euros')],
    ['más barato que 30 euros', price(null, 30, 'más barato que 30 euros')],
    ['nicht unter 50', price(50, null, 'nicht unter 50')],
    ['weder rot noch blau', { ignored: ['weder rot noch blau'] }],
    ['noch günstiger', { ...than('cheaper', 'günstiger'), titleWords: ['noch'] }],
    ['ni rouge ni bleu', { ignored: ['ni rouge', 'ni bleu'] }],
    ['ni rojo ni azul', { ignored: ['ni rojo', 'ni azul'] }],
    ['alles außer Blau', { ignored: ['außer blau'] }],
    ['sauf noir', { ignored: ['sauf noir'] }],
    ['excepto negro', { ignored: ['excepto negro'] }],
    ['nada de rojo', { ignored: ['nada de rojo'] }],
    ['nicht rot oder blau', { ignored: ['nicht rot oder blau'] }],
    ['nicht in Schwarz, sondern in Blau', { colours: ['blue'], ignored: ['nicht in schwarz'] }],
    ['bleu plutôt que rouge', { colours: ['blue'], ignored: ['plutôt que rouge'] }],
    ['lieber blau als rot', { colours: ['blue'], ignored: ['als rot'] }],
    ['mejor azul que rojo', { colours: ['blue'], ignored: ['que rojo'] }],
    ['pas de robe noire', { ignored: ['pas de robe noire'] }],
    ['sin rayas azul', { colours: ['blue'], ignored: ['sin rayas'] }],
    [
      'eine Jacke statt der Hose',
      { categories: [C.LONG_SLEEVE_OUTWEAR, C.SHORT_SLEEVE_OUTWEAR], ignored: ['statt der hose'] },
    ],
    ['kurzer Rock', { categories: [C.SKIRT], titleWords: ['kurzer'] }],
    ['schicker Rock', { categories: [C.SKIRT], titleWords: ['schicker'] }],
    ['lange Hose', { categories: [C.TROUSERS], titleWords: ['lange'] }],
    ['robe courte', { categories: DRESSES, titleWords: ['courte'] }],
    ['pull', { categories: [C.LONG_SLEEVE_TOP] }],
    ['short en lin', { categories: [C.SHORTS], titleWords: ['lin'] }],
    ['plus clair', { ignored: ['plus clair'] }],
    ['más oscuro', { ignored: ['más oscuro'] }],
    ['anthrazit', { colours: ['grey'] }],
    ['rojo', { colours: ['red'] }],
    ['das in Rot, bitte', { colours: ['red'] }],
    ['in einem dunkleren', { ignored: ['dunkleren'] }],
    ['dunkelblau', { colours: ['navy'] }],
    ['in dunklem Blau', { colours: ['navy'] }],
    ['bleu foncé', { colours: ['navy'] }],
    ['azul marino', { colours: ['navy'] }],
    ['azul claro', { colours: ['blue'] }],
    ['weiß oder grün', { colours: ['white', 'green'] }],
    ['weisse', { colours: ['white'] }],
    ['schwarz-weiß', { colours: ['black', 'white'] }],
    ['ein schwarz-weißes Kleid', { colours: ['black', 'white'], categories: DRESSES }],
    ['blau,grün', { colours: ['blue', 'green'] }],
    ['bleu-vert,rouge', { colours: ['blue', 'green', 'red'] }],
    ['noire et blanche', { colours: ['black', 'white'] }],
    ['blanca y negra', { colours: ['white', 'black'] }],
    ['ein rotes Kleid', { colours: ['red'], categories: DRESSES }],
    ['une robe rouge', { colours: ['red'], categories: DRESSES }],
    ['un vestido rojo', { colours: ['red'], categories: DRESSES }],
    ['als Rock', { categories: [C.SKIRT] }],
    ['Rock', { categories: [C.SKIRT] }],
    ['plutôt une jupe', { categories: [C.SKIRT] }],
    ['una falda, por favor', { categories: [C.SKIRT] }],
    ['Kleid mit langen Ärmeln', { categories: [C.LONG_SLEEVE_DRESS] }],
    ['robe à manches longues', { categories: [C.LONG_SLEEVE_DRESS] }],
    ['vestido de manga larga', { categories: [C.LONG_SLEEVE_DRESS] }],
    ['ärmelloses Kleid', { categories: [C.VEST_DRESS, C.SLING_DRESS] }],
    ['Sommerkleid', { categories: DRESSES, titleWords: ['sommer'] }],
    ['Kleider', { categories: DRESSES }],
    ['mit Taschen', { titleWords: ['taschen'] }],
    ['unter 50 Euro', price(null, 50, 'unter 50 euro')],
    ['rot, unter 50 Franken', { colours: ['red'], notUnderstood: ['unter 50 franken'] }],
    ['en bleu, moins de 50 dollars', { colours: ['blue'], notUnderstood: ['moins de 50 dollars'] }],
    ['menos de 50 dólares', { notUnderstood: ['menos de 50 dólares'] }],
    ['unter 1.000', price(null, 1000, 'unter 1.000')],
    ['moins de 50 euros', price(null, 50, 'moins de 50 euros')],
    ['menos de 50 euros', price(null, 50, 'menos de 50 euros')],
    ['bis 49,90 €', price(null, 49.9, 'bis 49,90 €')],
    ["jusqu'à 80 €", price(null, 80, "jusqu'à 80 €")],
    ['hasta 80 euros', price(null, 80, 'hasta 80 euros')],
    ['über 100 Euro', price(100, null, 'über 100 euro')],
    ['mindestens 1.299 Euro', price(1299, null, 'mindestens 1.299 euro')],
    ['zwischen 20 und 40 Euro', price(20, 40, 'zwischen 20 und 40 euro')],
    ['entre 20 et 40 euros', price(20, 40, 'entre 20 et 40 euros')],
    ['entre 20 y 40 euros', price(20, 40, 'entre 20 y 40 euros')],
    ['von 20 bis 40 Euro', price(20, 40, 'von 20 bis 40 euro')],
    ['de 20 à 40 euros', price(20, 40, 'entre 20 et 40 euros')],
    ['de 20 a 40 €', price(20, 40, 'entre 20 y 40 €')],
    ['günstiger', than('cheaper', 'günstiger')],
    ['moins cher', than('cheaper', 'moins cher')],
    ['más barato', than('cheaper', 'más barato')],
    ['teurer', than('dearer', 'teurer')],
    ['plus chère', than('dearer', 'plus chère')],
    ['más caro', than('dearer', 'más caro')],
    ['nicht rot, lieber grün', { colours: ['green'], ignored: ['nicht rot'] }],
    ['pas rouge', { ignored: ['pas rouge'] }],
    ['ohne Knöpfe', { ignored: ['ohne knöpfe'] }],
    ['sin botones', { ignored: ['sin botones'] }],
  ])('is understood: %s', (words, expected) => {
    expect(interpretWords(words)).toEqual({ ...NOTHING, ...expected });
  });

  it.each<[string, Partial<ReturnType<typeof interpretWords>>]>([
    ['rock style', { titleWords: ['rock'] }],
    ['the same in red or rose', { colours: ['red', 'pink'] }],
    ['robe with hood', { titleWords: ['robe', 'hood'] }],
    ['less than €1,200.00', price(null, 1200, 'less than €1,200.00')],
  ])('leaves English as it is: %s', (words, expected) => {
    expect(interpretWords(words)).toEqual({ ...NOTHING, ...expected });
  });

  it('means sleeves of the garment itself', () => {
    expect(interpretWords('mit langen Ärmeln', C.VEST_DRESS).categories).toEqual([C.LONG_SLEEVE_DRESS]);
    expect(interpretWords('sans manches', C.LONG_SLEEVE_TOP).categories).toEqual([C.VEST, C.SLING]);
    expect(interpretWords('sans manches', C.SHORTS)).toMatchObject({
      titleWords: [],
      ignored: ['sans manches'],
    });
  });
});
