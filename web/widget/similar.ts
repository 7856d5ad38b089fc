import type { Spoken } from '../lib/i18n/languages.ts';
import type { Recommendations, Wanted } from './ask.ts';
import { make } from './dom.ts';
import { ListElement } from './element.ts';
import { itemList } from './tile.ts';
import { say } from './words.ts';

/** `<armoire-similar item="…">`: items of the shop that look like an item. */
export class SimilarElement extends ListElement {
  protected readonly widget = 'similar';
  protected readonly usual = 12;

  protected wanted(count: number): Wanted {
    return { similar: count, outfits: 0 };
  }

  protected headingOf({ language }: Spoken): string {
    return say(language, 'similar.list');
  }

  protected show(
    { similarItems }: Recommendations,
    item: string,
    spoken: Spoken,
    count: number,
  ): Node | null {
    const items = (similarItems?.edges ?? []).slice(0, count).map(({ node }) => node.item);
    if (items.length === 0) return null;
    return itemList(items, this.headingOf(spoken), { spoken, widget: this.widget, of: item });
  }

  protected empty(): Node {
    const inner = [
      make('img', { alt: '' }),
      make('span', { class: 'title' }),
      make('div', { class: 'price' }),
    ];
    return make('ul', {}, make('li', {}, ...inner));
  }
}
