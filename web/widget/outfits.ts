import { formatMoney } from '../lib/format.ts';
import type { Spoken } from '../lib/i18n/languages.ts';
import type { Outfit, Recommendations, Wanted } from './ask.ts';
import { make } from './dom.ts';
import { ListElement } from './element.ts';
import { tell } from './events.ts';
import { whenSeen } from './near.ts';
import { report } from './report.ts';
import { OUTFITS } from './styles.ts';
import { linkTo, picture } from './tile.ts';
import { say } from './words.ts';

/** `<armoire-outfits item="…">`: outfits around an item. */
export class OutfitsElement extends ListElement {
  protected readonly widget = 'outfits';
  protected readonly usual = 3;

  constructor() {
    super(OUTFITS);
  }

  protected wanted(count: number): Wanted {
    return { similar: 0, outfits: count };
  }

  protected headingOf({ language }: Spoken): string {
    return say(language, 'outfits.title');
  }

  protected show({ outfits }: Recommendations, item: string, spoken: Spoken, count: number): Node | null {
    const found = (outfits?.outfits ?? []).slice(0, count);
    if (found.length === 0) return null;
    const list = make('ul', { part: 'list', 'aria-label': this.headingOf(spoken), class: 'new' });
    list.append(...found.map((outfit) => this.#card(outfit, item, spoken)));
    return list;
  }

  protected empty(): Node {
    return make('ul', {}, make('li', {}, make('div', { class: 'collage' }), make('div', { class: 'price' })));
  }

  #card({ id, pieces, total }: Outfit, of: string, { language, locale }: Spoken): HTMLElement {
    const { widget } = this;
    const items = pieces.flatMap(({ item }) => item ?? []);
    const collage = make('div', { class: items.length > 4 ? 'collage three' : 'collage', part: 'collage' });
    collage.append(
      ...items.map((item) =>
        // What the shopper looks at already leads nowhere.
        item.itemId === of
          ? picture(item, item.title)
          : linkTo(item, { widget, of, outfit: id }, picture(item, item.title)),
      ),
    );
    const price = make('div', { class: 'price', part: 'total' });
    if (total) price.append(`${say(language, 'outfits.total')} ${formatMoney(total, locale)}`);
    const card = make('li', { part: 'outfit' }, collage, price);
    whenSeen(card, () => {
      report('OUTFIT_SHOWN');
      tell(card, 'armoire:view', { widget, of, outfit: id });
    });
    return card;
  }
}
