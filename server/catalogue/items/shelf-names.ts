import { foldText } from '../../vocabulary/fold.ts';

/**
 * What shops in other languages call a shelf, and the English word for it, which `claimOf` reads. Only a whole part of a
 * category path is looked up: in titles, such words stand in other places than English ones.
 */
const SHELVES: Readonly<Record<string, string>> = {
  dresses: 'kleider robes vestidos vestiti abiti jurken sukienki klänningar kjoler mekot',
  skirts: 'röcke jupes faldas saias gonne rokken spódnice kjolar',
  trousers: 'hosen jeanshosen pantalons pantalones calças pantaloni broeken spodnie byxor bukser housut',
  outerwear:
    'jacken mäntel vestes manteaux chaquetas abrigos casacos giacche cappotti jassen kurtki płaszcze jackor kappor jakker ' +
    'frakker takit',
  't-shirts': 'camisetas magliette koszulki',
  shirts:
    'hemden blusen chemises chemisiers camisas blusas camicie bluse overhemden koszule skjortor skjorter paidat',
  jumpers: 'pulls pullover pullis strickwaren jerséis maglioni truien swetry tröjor',
  shoes: 'schuhe chaussures zapatos calzado sapatos scarpe schoenen buty obuwie skor sko kengät',
  bags: 'taschen handtaschen sacs bolsos bolsas borse tassen torebki väskor tasker laukut',
  jewellery: 'schmuck bijoux joyería joias gioielli sieraden biżuteria smycken smykker korut',
  accessories: 'accessoires accesorios acessórios accessori akcesoria accessoarer tilbehør zubehör asusteet',
};
const ENGLISH = new Map(
  Object.entries(SHELVES).flatMap(([english, names]) =>
    names.split(' ').map((name) => [foldText(name), english]),
  ),
);

/** The English name of a shelf; the text itself if there is none. */
export function englishShelf(part: string): string {
  return ENGLISH.get(foldText(part.trim())) ?? part;
}
