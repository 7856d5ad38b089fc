import type { ItemDetails, Variant } from './api/shapes.ts';

/** One size or colour of an item's group, and the item that has it. */
export interface VariantChoice {
  name: string;
  variant: Variant;
  /** Whether the item that is looked at has it. */
  current: boolean;
}

type Looked = Pick<ItemDetails, 'id' | 'color' | 'size' | 'variants'>;

/** The colours of the group, each in the same size where there is one. A single one is no choice. */
export function colourChoices(item: Looked): VariantChoice[] {
  return choices(item, 'color', 'size');
}

/** The sizes in the same colour. A single one is no choice. */
export function sizeChoices(item: Looked): VariantChoice[] {
  const sameColour = item.variants.filter(({ color }) => color === item.color);
  return choices({ ...item, variants: sameColour }, 'size', 'color').sort(bySize);
}

function choices(item: Looked, of: 'color' | 'size', alike: 'color' | 'size'): VariantChoice[] {
  const best = new Map<string, Variant>();
  for (const variant of item.variants) {
    const name = variant[of];
    if (name === null) continue;
    const known = best.get(name);
    const isItself = variant.id === item.id;
    const fitsBetter =
      known?.id !== item.id && known?.[alike] !== item[alike] && variant[alike] === item[alike];
    if (!known || isItself || fitsBetter) best.set(name, variant);
  }
  if (best.size < 2) return [];
  return [...best].map(([name, variant]) => ({ name, variant, current: name === item[of] }));
}

const LETTERS = ['XXXS', 'XXS', 'XS', 'S', 'M', 'L', 'XL', 'XXL', '2XL', 'XXXL', '3XL', '4XL', '5XL'];

/** Letters from small to large, then numbers, then all others by name. */
function bySize({ name: a }: VariantChoice, { name: b }: VariantChoice): number {
  const rank = (name: string) => {
    const letter = LETTERS.indexOf(name.toUpperCase());
    return letter < 0 ? LETTERS.length : letter;
  };
  return rank(a) - rank(b) || a.localeCompare(b, 'en', { numeric: true });
}
