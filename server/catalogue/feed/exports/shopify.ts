import type { Fault } from '../fault.ts';
import type { Fields, RawRow } from '../raw.ts';
import { filled, MOST_WAITING, optionColumn, sharedText, sizeOf, textOf } from './cells.ts';

type Row = Extract<RawRow, { fields: unknown }>;

const GOOGLE = 'google_shopping_/_';

/** The field that each column is read for. */
export const SHOPIFY_FIELDS: Readonly<Record<string, string>> = {
  handle: 'item_group_id',
  url_handle: 'item_group_id',
  title: 'title',
  'body_(html)': 'description',
  body_html: 'description',
  description: 'description',
  vendor: 'brand',
  type: 'product_type',
  product_category: 'google_product_category',
  standard_product_type: 'google_product_category',
  [`${GOOGLE}google_product_category`]: 'google_product_category',
  [`${GOOGLE}gender`]: 'gender',
  [`${GOOGLE}age_group`]: 'age_group',
  variant_sku: 'id',
  sku: 'id',
  variant_price: 'price',
  price: 'price',
  variant_compare_at_price: 'price',
  compare_at_price: 'price',
  variant_inventory_tracker: 'availability',
  inventory_tracker: 'availability',
  variant_inventory_qty: 'availability',
  inventory_quantity: 'availability',
  variant_inventory_policy: 'availability',
  continue_selling_when_out_of_stock: 'availability',
  variant_image: 'image_link',
  variant_image_url: 'image_link',
  image_src: 'image_link',
  product_image_url: 'image_link',
};

/** Shopify itself allows 2,048 variants of a product, and 250 pictures. */
const MOST_ROWS = 5000;
/** Characters of a handle that a message repeats. */
const MOST_SHOWN = 100;
const OPTION_NUMBERS = [1, 2, 3];

/**
 * Shopify's product CSV: the rows of a product follow each other and share its handle; only the first has its texts,
 * and some have nothing but another picture. Each variant becomes a row with the product's title, texts and pictures,
 * and the handle as `item_group_id`.
 */
export async function* mapShopify(
  rows: AsyncIterable<RawRow>,
  note: (text: string) => void,
): AsyncGenerator<RawRow> {
  let product: Row[] = [];
  let size = 0;
  let unpublished = 0;
  const finish = function* () {
    const { first } = firstOf(product);
    if (first && !isPublished(first.fields)) unpublished += 1;
    else yield* variantsOf(product);
    product = [];
    size = 0;
  };
  for await (const raw of rows) {
    if ('fault' in raw) {
      yield raw;
      continue;
    }
    const handle = handleOf(raw.fields);
    const isSame = handle !== '' && product[0] && handleOf(product[0].fields) === handle;
    if (!isSame || product.length >= MOST_ROWS || size > MOST_WAITING) yield* finish();
    product.push(raw);
    size += sizeOf(raw.fields);
  }
  yield* finish();
  if (unpublished > 0) {
    const products = unpublished === 1 ? 'product is a draft' : 'products are drafts';
    note(`${unpublished} ${products}, archived or not published, and left out.`);
  }
}

/** Later rows of a product cannot be added to it: it has been imported by then. */
const apart = (handle: string): Fault & { column: string } => ({
  code: 'MISSING_FIELD',
  column: 'title',
  reason:
    `The product "${handle.slice(0, MOST_SHOWN)}" has no title here. Rows of one handle must stand together, and one of them ` +
    'must have the title: sort the file by its handles.',
});

const handleOf = (fields: Readonly<Fields>) => textOf(fields, 'handle', 'url_handle');

function firstOf(product: readonly Row[]): { first: Row | undefined } {
  return { first: product.find(({ fields }) => textOf(fields, 'title') !== '') ?? product[0] };
}

function isPublished(fields: Readonly<Fields>): boolean {
  const status = textOf(fields, 'status').toLowerCase();
  const published = textOf(fields, 'published', 'published_on_online_store').toLowerCase();
  return status !== 'draft' && status !== 'archived' && published !== 'false';
}

function* variantsOf(product: readonly Row[]): Generator<RawRow> {
  const { first } = firstOf(product);
  if (!first) return;
  const shared = sharedOf(first.fields);
  const handle = handleOf(first.fields);
  const fault = handle !== '' && textOf(first.fields, 'title') === '' ? apart(handle) : null;
  const pictures = picturesOf(product);
  const names = OPTION_NUMBERS.map((n) => textOf(first.fields, `option${n}_name`));
  const variants = product.filter((row) => isVariant(row, first));
  const options = variants.map(({ fields }) => OPTION_NUMBERS.map((n) => textOf(fields, `option${n}_value`)));
  for (const [index, { row, fields }] of variants.entries()) {
    const own = textOf(fields, 'variant_image', 'variant_image_url');
    const [image, ...more] = [...new Set([own, ...pictures].filter(Boolean))];
    const values = options[index]!;
    const id = textOf(fields, 'variant_sku', 'sku').replace(/^'/, '');
    const named = variants.length > 1 ? [shared.item_group_id, ...values.filter(Boolean)].join('-') : '';
    const itemId = id || named || shared.item_group_id;
    if (fault) {
      yield { row, id: itemId, fault };
      continue;
    }
    yield {
      row,
      fields: {
        ...optionsOf(names, values),
        ...shared,
        id: itemId,
        image_link: image,
        additional_image_link: more,
        ...pricesOf(fields),
        ...stockOf(fields),
      },
    };
  }
}

/** A row that only adds a picture has neither price nor options. */
function isVariant(row: Row, first: Row): boolean {
  const { fields } = row;
  return (
    row === first || textOf(fields, 'option1_value', 'variant_price', 'price', 'variant_sku', 'sku') !== ''
  );
}

function sharedOf(fields: Readonly<Fields>): Fields {
  const google = (name: string) => textOf(fields, `${GOOGLE}${name}`);
  return filled({
    item_group_id: handleOf(fields),
    title: textOf(fields, 'title'),
    description: sharedText(textOf(fields, 'body_(html)', 'body_html', 'description')),
    brand: textOf(fields, 'vendor'),
    product_type: textOf(fields, 'type'),
    google_product_category:
      google('google_product_category') || textOf(fields, 'product_category', 'standard_product_type'),
    gender: google('gender'),
    age_group: google('age_group'),
  });
}

/** In the order of their positions. */
function picturesOf(product: readonly Row[]): string[] {
  return product
    .map(({ fields }) => ({
      link: textOf(fields, 'image_src', 'product_image_url'),
      position: Number(textOf(fields, 'image_position')) || Number.MAX_SAFE_INTEGER,
    }))
    .filter(({ link }) => link !== '')
    .sort((a, b) => a.position - b.position)
    .map(({ link }) => link);
}

/** A product without options has one called Title, with the value Default Title. */
function optionsOf(names: readonly string[], values: readonly string[]): Fields {
  const fields: Fields = Object.create(null);
  names.forEach((name, index) => {
    const value = values[index] ?? '';
    if (name === '' || value === '' || value === 'Default Title') return;
    fields[optionColumn(name)] ??= value;
  });
  return fields;
}

/** The price to compare with is the usual one, and the price then a sale. */
function pricesOf(fields: Readonly<Fields>): Fields {
  const price = textOf(fields, 'variant_price', 'price');
  const usual = textOf(fields, 'variant_compare_at_price', 'compare_at_price');
  return Number(usual) > Number(price) ? filled({ price: usual, sale_price: price }) : filled({ price });
}

function stockOf(fields: Readonly<Fields>): Fields {
  const tracker = textOf(fields, 'variant_inventory_tracker', 'inventory_tracker');
  const quantity = textOf(fields, 'variant_inventory_qty', 'inventory_quantity');
  if (tracker === '' || quantity === '' || Number(quantity) > 0) return { availability: 'in_stock' };
  const goesOn = /^(?:continue|true)$/i.test(
    textOf(fields, 'variant_inventory_policy', 'continue_selling_when_out_of_stock'),
  );
  return { availability: goesOn ? 'backorder' : 'out_of_stock' };
}
