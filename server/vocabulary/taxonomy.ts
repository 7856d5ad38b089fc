/** The names that the model, the database and the API share: categories, colours, patterns and sleeves. */

/** DeepFashion2's categories in its order: category n of the data set is CATEGORIES[n - 1]. */
export const CATEGORIES = [
  'short sleeve top',
  'long sleeve top',
  'short sleeve outwear',
  'long sleeve outwear',
  'vest',
  'sling',
  'shorts',
  'trousers',
  'skirt',
  'short sleeve dress',
  'long sleeve dress',
  'vest dress',
  'sling dress',
] as const;

export type CategoryName = (typeof CATEGORIES)[number];

/** Dominant colours that the embedder tells apart, in the order of its output `colours`. */
export const COLOURS = [
  'black',
  'white',
  'grey',
  'beige',
  'brown',
  'red',
  'orange',
  'yellow',
  'green',
  'blue',
  'navy',
  'purple',
  'pink',
] as const;

export type ColourName = (typeof COLOURS)[number];

/** Patterns that the model tells apart, in the order of its output `patterns`. */
export const PATTERNS = ['plain', 'striped', 'checked', 'dotted', 'floral', 'print'] as const;

export type PatternName = (typeof PATTERNS)[number];

/** What the categories say of sleeves. */
export const SLEEVES = ['short', 'long', 'sleeveless', 'straps'] as const;

export type SleeveName = (typeof SLEEVES)[number];

/** 1 to 13, as in DeepFashion2's `category_id`. */
export type CategoryId = number;
