import type { Random } from './random.ts';

/** Colour names as a shop's filter and the training set have them, each with a few dyes that a shop would sell under it. */
export const PALETTE = {
  black: ['#25252a', '#1f2024', '#2b292b'],
  white: ['#f1efe9', '#f4f4f1', '#ece8df'],
  grey: ['#8d9096', '#a9abad', '#6c6f76'],
  beige: ['#d4c1a1', '#c9b18c', '#dccdb4'],
  brown: ['#7a5238', '#8d6244', '#5e4030'],
  red: ['#b3262f', '#c23b37', '#94222f'],
  orange: ['#d9752c', '#e08a45', '#c7602b'],
  yellow: ['#e3b93c', '#ecca62', '#d6a62e'],
  green: ['#4c7350', '#6c8a5c', '#2f5a47'],
  blue: ['#4d7fb8', '#7aa5cf', '#3f6ea8'],
  navy: ['#27355a', '#2b3a63', '#222d4b'],
  purple: ['#735391', '#8e72ab', '#5f3f74'],
  pink: ['#de9aaa', '#d97f98', '#ecbcc2'],
} as const;

export type ColourName = keyof typeof PALETTE;

export const COLOUR_NAMES = Object.keys(PALETTE) as ColourName[];

/** What a shop prints after the title: one name for each dye of PALETTE, in its order. */
export const DYE_NAMES: Record<ColourName, readonly string[]> = {
  black: ['Black', 'Ink Black', 'Washed Black'],
  white: ['Off-White', 'White', 'Ecru'],
  grey: ['Mid Grey', 'Light Grey', 'Slate'],
  beige: ['Sand', 'Camel', 'Oat'],
  brown: ['Chestnut', 'Tobacco', 'Coffee'],
  red: ['Red', 'Poppy', 'Burgundy'],
  orange: ['Burnt Orange', 'Apricot', 'Rust'],
  yellow: ['Mustard', 'Butter', 'Saffron'],
  green: ['Moss', 'Sage', 'Forest'],
  blue: ['Mid Blue', 'Sky Blue', 'Cobalt'],
  navy: ['Navy', 'Marine', 'Midnight'],
  purple: ['Plum', 'Lavender', 'Aubergine'],
  pink: ['Blush', 'Rose', 'Powder Pink'],
};

/** Colours that sit well beside one, for patterns and for dressing a person. */
export const PARTNERS: Record<ColourName, readonly ColourName[]> = {
  black: ['white', 'grey', 'red', 'beige', 'pink', 'blue'],
  white: ['navy', 'black', 'blue', 'beige', 'green', 'red'],
  grey: ['white', 'navy', 'pink', 'black', 'yellow'],
  beige: ['white', 'brown', 'navy', 'green', 'black'],
  brown: ['beige', 'white', 'blue', 'orange', 'green'],
  red: ['white', 'navy', 'black', 'beige'],
  orange: ['navy', 'white', 'beige', 'blue'],
  yellow: ['white', 'navy', 'grey', 'blue'],
  green: ['white', 'beige', 'brown', 'yellow', 'navy'],
  blue: ['white', 'beige', 'navy', 'brown'],
  navy: ['white', 'beige', 'red', 'blue', 'grey'],
  purple: ['white', 'grey', 'yellow', 'black'],
  pink: ['white', 'grey', 'red', 'navy', 'green'],
};

export interface Dye {
  readonly name: ColourName;
  /** "Burgundy" */
  readonly label: string;
  readonly hex: string;
}

export function pickDye(random: Random, name: ColourName): Dye {
  const index = random.int(0, PALETTE[name].length - 1);
  return { name, label: DYE_NAMES[name][index] as string, hex: PALETTE[name][index] as string };
}

/** A colour between two, `share` of the second. Colours are #rrggbb. */
export function mixColours(first: string, second: string, share: number): string {
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  const blend = (at: number) =>
    Math.round(channel(first, at) + (channel(second, at) - channel(first, at)) * share)
      .toString(16)
      .padStart(2, '0');
  return `#${blend(1)}${blend(3)}${blend(5)}`;
}

export const darker = (hex: string, share: number) => mixColours(hex, '#0c0a12', share);
export const lighter = (hex: string, share: number) => mixColours(hex, '#ffffff', share);

/** 0 (black) to 1 (white), by Rec. 709's weights. */
export function brightness(hex: string): number {
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
