import { Availability } from '../../vocabulary/availability.ts';
import { normalForm } from '../../vocabulary/text.ts';

const { IN_STOCK, OUT_OF_STOCK, PREORDER, BACKORDER } = Availability;

/** Google's, Meta's and schema.org's values, those of shop systems, and plain words, as `keyOf` writes them. */
const WORDS: Readonly<Record<Availability, string>> = {
  [IN_STOCK]:
    'instock available availablenow limitedavailability instoreonly onlineonly onstock onhand yes y true t ' +
    'availableforsale readytoship lowstock lastitems fewleft ' +
    'auflager lieferbar sofortlieferbar sofortverfügbar verfügbar vorrätig vorratig lagernd anlager ja ' +
    'enstock disponible disponibleenstock disponibleimmédiatement oui ' +
    'enexistencia enexistencias hayexistencias haystock si sí ' +
    'disponibile instockdisponibile disponibilitàimmediata sì amagazzino ' +
    'opvoorraad voorradig leverbaar beschikbaar directleverbaar ' +
    'emestoque disponível emstock sim ' +
    'dostępny dostępne dostępna wmagazynie nastanie tak ' +
    'ilager påläger ilagret påläger pålager finnsilager tillgänglig tillgængelig tilgjengelig ' +
    'varastossa saatavilla skladem dostupné naskladě raktáron készleten ' +
    'stokta stoktavar var înstoc disponibil вналичии есть доступно ' +
    '在庫あり 有货 有庫存 재고있음',
  [OUT_OF_STOCK]:
    'outofstock soldout sold markassold discontinued unavailable notavailable notinstock nostock nolongeravailable no n ' +
    'false f reserved temporarilyunavailable temporarilyoutofstock temporarilysoldout ' +
    'ausverkauft nichtauflager nichtlieferbar nichtverfügbar nichtvorrätig vergriffen derzeitnichtlieferbar ' +
    'derzeitnichtverfügbar nein ' +
    'épuisé rupturedestock enrupturedestock enrupture indisponible nondisponible non ' +
    'agotado sinexistencias sinstock nodisponible nohaystock fueradestock ' +
    'esaurito nondisponibile nondisponibileamagazzino terminato ' +
    'uitverkocht nietopvoorraad nietvoorradig nietleverbaar nietbeschikbaar nee ' +
    'esgotado semestoque indisponível semstock não ' +
    'niedostępny niedostępne niedostępna brak brakwmagazynie wyprzedane nie ' +
    'slutilager slutsåld ejilager ikkepålager udsolgt utsolgt nej nei ' +
    'loppuunmyyty eivarastossa nenískladem vyprodáno nedostupné elfogyott nincskészleten ' +
    'tükendi stoktayok yok stocepuizat indisponibil нетвналичии нет распродано ' +
    '在庫なし 売り切れ 无货 缺货 품절',
  [PREORDER]:
    'preorder preorders preordered presale preordering comingsoon availableforpreorder ' +
    'vorbestellung vorbestellbar précommande enprécommande preventa enpreventa preordine inpreordine ' +
    'voorbestelling voorbestellen pré-venda prévenda przedsprzedaż förhandsbokning forudbestilling forhåndsbestilling ' +
    'ennakkotilaus předobjednávka előrendelés önsipariş предзаказ 予約 预售 예약',
  [BACKORDER]:
    'backorder backordered onbackorder availableonbackorder availableforbackorder availablefororder madetoorder ' +
    'onorder ondemand specialorder nachbestellt nachlieferbar aufbestellung aufanfrage surcommande surdemande ' +
    'bajopedido porencargo suordinazione opbestelling nabestelling sobencomenda nazamówienie beställningsvara ' +
    'påbestilling bestillingsvara naobjednávku rendelésre подзаказ 取り寄せ',
};
const MEANING = new Map(
  Object.values(Availability).flatMap((value) =>
    WORDS[value].split(' ').map((word) => [keyOf(word), value] as const),
  ),
);

/** A word for an availability, such as "In Stock", "https://schema.org/InStock" or "auf Lager"; a number of pieces, too. */
export function readAvailability(text: string): Availability | undefined {
  if (/^[+-]?\d+(?:[.,]0+)?$/.test(text)) return Number.parseInt(text, 10) > 0 ? IN_STOCK : OUT_OF_STOCK;
  const word = text.replace(/^.*schema\.org[/#:]/i, '').replace(/^schema:/i, '');
  const meaning = MEANING.get(keyOf(word));
  if (meaning) return meaning;
  // "25 in stock", "In stock (0)".
  const pieces = /\d+/.exec(word);
  const counted = pieces && MEANING.get(keyOf(word.replace(pieces[0], '')));
  return counted === IN_STOCK && Number(pieces![0]) === 0 ? OUT_OF_STOCK : (counted ?? undefined);
}

/** Letters alone, without case and accents. */
function keyOf(word: string): string {
  return normalForm(word, 'NFKD')
    .toLowerCase()
    .replace(/\p{M}|[^\p{L}\p{N}]/gu, '');
}
