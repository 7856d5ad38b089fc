import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { listCost } from '../../graphql/cost.ts';
import { DateTime } from '../../graphql/scalars.ts';
import { Availability } from '../../vocabulary/availability.ts';
import { Category } from '../../vocabulary/category.ts';
import { ImportError } from '../imports/import-job.type.ts';
import { Money } from '../items/item.type.ts';

export enum FeedFormat {
  CSV = 'csv',
  SHEET = 'sheet',
  XML = 'xml',
  JSON = 'json',
  JSON_LINES = 'json_lines',
  IMAGES = 'images',
}
registerEnumType(FeedFormat, {
  name: 'FeedFormat',
  description: 'What a feed is by its bytes.',
  valuesConfig: {
    CSV: { description: 'Text with a header and a separator.' },
    SHEET: { description: 'A sheet of an Excel or OpenDocument file.' },
    XML: { description: 'RSS, Atom, or a plain list of elements.' },
    JSON: { description: 'A JSON array of items, or an object with one in it.' },
    JSON_LINES: { description: 'One JSON object a line.' },
    IMAGES: { description: 'Images without a feed: each is an item.' },
  },
});

export enum ColumnUse {
  FIELD = 'field',
  ATTRIBUTE = 'attribute',
  IGNORED = 'ignored',
}
registerEnumType(ColumnUse, {
  name: 'ColumnUse',
  description: 'What becomes of a column.',
  valuesConfig: {
    FIELD: { description: 'It is read as a field of the item.' },
    ATTRIBUTE: { description: 'It is kept as an attribute, if the item has room for it.' },
    IGNORED: { description: 'It is not kept.' },
  },
});

@ObjectType({ description: 'A column of a feed.' })
export class FeedColumn {
  @Field(() => String, { description: 'Name as the feed writes it; of XML and JSON, in lower case with _.' })
  name!: string;

  @Field(() => ColumnUse, { description: 'What becomes of it.' })
  use!: ColumnUse;

  @Field(() => String, { nullable: true, description: "Google's name of the field. Null unless it is one." })
  field!: string | null;
}

@ObjectType({ description: 'An item as its row was understood.' })
export class PreviewItem {
  @Field(() => ID, { description: 'Id of the item.' })
  id!: string;

  @Field(() => String, { description: 'Title.' })
  title!: string;

  @Field(() => Money, { nullable: true, description: 'Regular price.' })
  price!: Money | null;

  @Field(() => Money, { nullable: true, description: 'Sale price, whether or not the sale holds now.' })
  salePrice!: Money | null;

  @Field(() => Availability, { description: 'Whether it can be bought.' })
  availability!: Availability;

  @Field(() => Category, {
    nullable: true,
    description:
      'Category that its words name. Null if they name none of the 13, or several: its picture decides.',
  })
  category!: Category | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why searches will not match it, unless its picture clearly shows a garment.',
  })
  unmatchedReason!: string | null;

  @Field(() => String, { nullable: true, description: 'Brand.' })
  brand!: string | null;

  @Field(() => String, { nullable: true, description: "Colour in the feed's own words." })
  color!: string | null;

  @Field(() => String, { nullable: true, description: 'Size.' })
  size!: string | null;

  @Field(() => String, { nullable: true, description: 'Shared by all variants of one product.' })
  itemGroupId!: string | null;

  @Field(() => [String], {
    complexity: listCost({ length: 10 }),
    description: 'Addresses or file names of its pictures, the first one first. They are not fetched yet.',
  })
  images!: readonly string[];
}

@ObjectType({ description: 'A row of a feed as it was understood.' })
export class PreviewRow {
  @Field(() => Int, { description: 'Number of the row, as a spreadsheet counts.' })
  row!: number;

  @Field(() => PreviewItem, { nullable: true, description: 'Null if the row cannot be used.' })
  item!: PreviewItem | null;

  @Field(() => [ImportError], {
    complexity: listCost(),
    description: 'Why it cannot be used, or what is left out of it.',
  })
  faults!: readonly ImportError[];
}

@ObjectType({ description: 'How a feed is understood, before anything of it is imported.' })
export class FeedPreview {
  @Field(() => ID, { description: 'For `importStaged`.' })
  token!: string;

  @Field(() => DateTime, { description: 'Until when the feed can be imported without another upload.' })
  expiresAt!: Date;

  @Field(() => String, { description: 'File name of the feed.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'File name of the feed inside a zip. Null for others.',
  })
  feedName!: string | null;

  @Field(() => FeedFormat, { description: 'What it is by its bytes.' })
  format!: FeedFormat;

  @Field(() => String, {
    nullable: true,
    description: 'Encoding, such as utf-8. Null for sheets and images.',
  })
  encoding!: string | null;

  @Field(() => String, { nullable: true, description: 'What stands between the cells of a CSV.' })
  separator!: string | null;

  @Field(() => String, { nullable: true, description: 'The shop system that wrote it, such as Shopify.' })
  system!: string | null;

  @Field(() => [FeedColumn], {
    complexity: listCost(),
    description: 'Its first 200 columns; of XML and JSON, those of the first rows.',
  })
  columns!: readonly FeedColumn[];

  @Field(() => [String], {
    complexity: listCost(),
    description: 'What to know about how it is read, in English.',
  })
  notes!: readonly string[];

  @Field(() => [PreviewRow], { complexity: listCost(), description: 'The first ten rows.' })
  rows!: readonly PreviewRow[];

  @Field(() => Boolean, { description: 'Whether the feed has no more rows.' })
  isWhole!: boolean;
}
