import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateRow } from '../../../../../server/catalogue/feed/row.ts';
import { LIMITS } from '../../../../../server/catalogue/limits.ts';

const COLUMNS = [
  ...['id', 'title', 'image_link', 'additional_image_link', 'description', 'link', 'price', 'sale_price'],
  ...['sale_price_effective_date', 'availability', 'brand', 'color', 'size', 'gender', 'age_group'],
  ...['item_group_id', 'google_product_category', 'product_type', 'own', 'constructor'],
];
const GOOD = { id: 'a', title: 'A', image_link: 'a.jpg' };
const check = (fields: object) => validateRow({ row: 1, fields: { ...GOOD, ...fields } });

function rowOf(fields: object) {
  const checked = check(fields);
  if (!('row' in checked)) throw new Error(JSON.stringify(checked));
  return checked;
}

describe('a row', () => {
  it('of anything at all is taken or rejected, never more than its limits', () => {
    const fragment = fc.constantFrom(
      '1.299',
      '€',
      '<b>',
      '&amp;',
      '//x',
      'http://x/a,b',
      ',',
      '"',
      '\u200b',
      '\ud83d',
    );
    const value = fc.oneof(
      fc.anything(),
      fc.string({ unit: 'binary' }),
      fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join('')),
      fc.array(fc.webUrl(), { maxLength: 14 }),
    );
    const fields = fc.dictionary(fc.constantFrom(...COLUMNS), value);
    fc.assert(
      fc.property(fields, fc.boolean(), (own, good) => {
        const checked = validateRow({ row: 1, fields: good ? { ...own, ...GOOD } : own });
        if ('rejected' in checked) {
          expect(good).toBe(false);
          expect(['id', 'title', 'image_link']).toContain(checked.rejected.column);
          return;
        }
        const { row, warnings } = checked;
        expect(row.id.length).toBeGreaterThan(0);
        expect(row.title.length).toBeGreaterThan(0);
        expect(row.images.length).toBeGreaterThan(0);
        expect(row.images.length).toBeLessThanOrEqual(LIMITS.imagesPerRow);
        expect(JSON.stringify(row).isWellFormed()).toBe(true);
        for (const { column, reason } of warnings) expect(reason.startsWith(`${column} `)).toBe(true);
        if (row.salePriceMinor !== undefined) expect(row.salePriceMinor).toBeLessThan(row.priceMinor!);
      }),
      { numRuns: 500, seed: 11 },
    );
  });

  it('has the first of several values, or several colours and sizes', () => {
    const { row } = rowOf({ color: ['Red', ' ', 'Black'], size: ['S', 'M'], brand: ['', 'Acme', 'Other'] });
    expect(row).toMatchObject({ color: 'Red/Black', size: 'S/M', brand: 'Acme' });
  });

  it('may have its further pictures in the column of the first', () => {
    expect(
      rowOf({ image_link: ['a.jpg', 'b.jpg'], additional_image_link: 'c.jpg, b.jpg' }).row.images,
    ).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
    expect(rowOf({ image_link: 'http://x/a,1.jpg, http://x/b.jpg' }).row.images).toEqual([
      'http://x/a,1.jpg',
      'http://x/b.jpg',
    ]);
  });

  it('may have addresses without a scheme', () => {
    expect(rowOf({ image_link: '//x.example/a.jpg', link: '//x.example/p' }).row).toMatchObject({
      images: ['https://x.example/a.jpg'],
      link: 'https://x.example/p',
    });
  });

  it('may have amounts as objects', () => {
    const { row } = rowOf({
      price: { value: '19.90', currency: 'EUR' },
      sale_price: { amount: 9.9, currencyCode: 'EUR' },
    });
    expect(row).toMatchObject({ priceMinor: 1990, salePriceMinor: 990, currency: 'EUR' });
  });
});
