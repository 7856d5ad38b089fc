import { Field, Float, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Category } from '../vocabulary/category.ts';
import { Colour } from '../vocabulary/colour.ts';
import type { ColourName } from '../vocabulary/taxonomy.ts';
import type { GarmentRow } from './garments.sql.ts';

export enum MaskFormat {
  PATH = 'path',
  RLE = 'rle',
}
registerEnumType(MaskFormat, {
  name: 'MaskFormat',
  valuesConfig: {
    PATH: { description: 'SVG path data in pixels of the upright image.' },
    RLE: { description: "COCO's compressed run lengths at the image's height and width." },
  },
});

export enum GarmentOrigin {
  PARSED = 'parsed',
  DRAWN = 'drawn',
}
registerEnumType(GarmentOrigin, {
  name: 'GarmentOrigin',
  valuesConfig: {
    PARSED: { description: 'The parser found it.' },
    DRAWN: { description: 'A shopper drew a region around it.' },
  },
});

/** As an input its name is BoxInput. */
@InputType('BoxInput', { description: 'From the top left corner, in pixels of the upright image.' })
@ObjectType({ description: 'From the top left corner, in pixels of the upright image.' })
export class Box {
  @Field(() => Float)
  x1!: number;

  @Field(() => Float)
  y1!: number;

  @Field(() => Float)
  x2!: number;

  @Field(() => Float)
  y2!: number;
}

/** Its further fields are in garments.resolver.ts; `similarItems` is in retrieval/. */
@ObjectType({ description: "A garment that was found in a shopper's photo or in an item's image." })
export class Garment {
  @Field(() => ID)
  id!: string;

  @Field(() => Category, {
    nullable: true,
    description: 'Null where no garment was found: in a whole image, or in a region that was drawn.',
  })
  category!: Category | null;

  @Field(() => Colour, {
    nullable: true,
    description: 'The dominant colour; null where the model that embedded the garment tells none.',
  })
  colour!: ColourName | null;

  @Field(() => Float, { description: 'The share of garments found like this one that are right, 0 to 1.' })
  score!: number;

  @Field(() => Box)
  box!: Box;

  @Field(() => Boolean, { description: 'No garment was found and the image was embedded whole.' })
  whole!: boolean;

  @Field(() => GarmentOrigin, { description: 'How it was found.' })
  origin!: GarmentOrigin;

  @Field(() => Category, {
    nullable: true,
    description: "The parser's word, where a merchandiser has corrected `category`; else the same as that.",
  })
  parsedCategory!: Category | null;

  @Field(() => Boolean, { description: 'Its category was put right by a merchandiser.' })
  corrected!: boolean;

  @Field(() => Boolean, { description: "A merchandiser chose it as its item's primary garment." })
  chosen!: boolean;

  /** Not of the API: what the garment's other fields are made from. */
  row!: GarmentRow;
}

export function toGarment(row: GarmentRow): Garment {
  const [x1, y1, x2, y2] = row.box;
  return {
    id: row.id,
    category: row.category,
    colour: row.colour,
    score: row.score,
    box: { x1, y1, x2, y2 },
    whole: row.whole,
    origin: row.origin as GarmentOrigin,
    parsedCategory: row.corrected ? row.parsedCategory : row.category,
    corrected: row.corrected,
    chosen: row.chosen,
    row,
  };
}
