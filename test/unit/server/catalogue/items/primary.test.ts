import { describe, expect, it } from 'vitest';
import { claimOf, claimsOfItem } from '../../../../../server/catalogue/items/claim.ts';
import { choosePrimaryGarment } from '../../../../../server/catalogue/items/primary.ts';
import { Category as C } from '../../../../../server/vocabulary/category.ts';

describe('what a text claims', () => {
  it.each([
    ['Skirts', [C.SKIRT]],
    ['long sleeve dress', [C.LONG_SLEEVE_DRESS]],
    ['short_sleeve_top', [C.SHORT_SLEEVE_TOP]],
    [
      'Apparel & Accessories > Clothing > Dresses',
      [C.SHORT_SLEEVE_DRESS, C.LONG_SLEEVE_DRESS, C.VEST_DRESS, C.SLING_DRESS],
    ],
    ['2271', [C.SHORT_SLEEVE_DRESS, C.LONG_SLEEVE_DRESS, C.VEST_DRESS, C.SLING_DRESS]],
    [
      '2271 - Apparel & Accessories > Clothing > Dresses',
      [C.SHORT_SLEEVE_DRESS, C.LONG_SLEEVE_DRESS, C.VEST_DRESS, C.SLING_DRESS],
    ],
    ['Apparel & Accessories > Clothing > Shorts', [C.SHORTS]],
    ['Slim-fit jeans in dark denim', [C.TROUSERS]],
    ['Denim skirt with jeans buttons', [C.SKIRT]],
    ['Shirt dress, belted', [C.SHORT_SLEEVE_DRESS, C.LONG_SLEEVE_DRESS, C.VEST_DRESS, C.SLING_DRESS]],
    ['Long-sleeved T-shirt', [C.LONG_SLEEVE_TOP]],
    ['T-Shirt', [C.SHORT_SLEEVE_TOP]],
    ['Tank top', [C.VEST]],
    ['Spaghetti strap top', [C.SLING]],
    ['Slip dress', [C.SLING_DRESS]],
    ['Bootcut jeans', [C.TROUSERS]],
    ['Dress shirt for men', [C.SHORT_SLEEVE_TOP, C.LONG_SLEEVE_TOP, C.VEST, C.SLING]],
    ['Acme - Wool coat', [C.LONG_SLEEVE_OUTWEAR, C.SHORT_SLEEVE_OUTWEAR]],
  ])('%s', (text, categories) => {
    expect(claimOf(text)).toEqual({ kind: 'garment', categories });
  });

  it.each(['Shoes', '187', 'Apparel & Accessories > Shoes', 'Dress shoes', 'Leather tote bag', 'Handbags'])(
    '%s is outside',
    (text) => {
      expect(claimOf(text).kind).toBe('outside');
    },
  );

  it.each([undefined, '', 'Summer breeze', 'Apparel & Accessories', '99999', 'Jumpsuit'])(
    '%s says nothing',
    (text) => {
      // "Accessories" at a path's root is every shop's.
      expect(claimOf(text).kind).toBe('unknown');
    },
  );

  it('is narrowed where feed and title agree, and the feed goes before the title', () => {
    const dresses = { googleProductCategory: 'Clothing > Dresses' };
    expect(claimsOfItem({ title: 'Long sleeve dress', ...dresses })[0]).toEqual({
      kind: 'garment',
      categories: [C.LONG_SLEEVE_DRESS],
    });
    expect(claimsOfItem({ title: 'Trousers', ...dresses })[0]).toMatchObject({
      categories: expect.arrayContaining([C.VEST_DRESS]),
    });
    expect(claimsOfItem({ title: 'Skirt', googleProductCategory: 'Shoes' })).toEqual([
      { kind: 'outside', goods: 'shoes' },
    ]);
  });
});

describe('the primary garment', () => {
  const image = (...garments: [category: number | null, area: number][]) => ({
    width: 100,
    height: 100,
    garments: garments.map(([category, area]) => ({ category, area })),
  });
  const dress = { kind: 'garment', categories: [C.LONG_SLEEVE_DRESS, C.VEST_DRESS] } as const;
  const skirt = { kind: 'garment', categories: [C.SKIRT] } as const;

  it('is the one that the feed claims, however small', () => {
    expect(choosePrimaryGarment([image([C.TROUSERS, 900], [C.SKIRT, 10])], [skirt, dress])).toEqual({
      image: 0,
      garment: 1,
    });
  });

  it('is the one that the title claims where the feed finds none', () => {
    const images = [image([C.TROUSERS, 900], [C.VEST_DRESS, 10])];
    expect(choosePrimaryGarment(images, [skirt, dress])).toEqual({ image: 0, garment: 1 });
  });

  it('is the largest of several, of the earliest image', () => {
    const images = [image([C.TROUSERS, 900]), image([C.SKIRT, 20], [C.SKIRT, 30]), image([C.SKIRT, 99])];
    expect(choosePrimaryGarment(images, [skirt])).toEqual({ image: 1, garment: 1 });
    expect(choosePrimaryGarment(images, [])).toEqual({ image: 0, garment: 0 });
  });

  it('is the whole image where nothing was found', () => {
    expect(choosePrimaryGarment([image([null, 10_000])], [skirt])).toEqual({ image: 0, garment: 0 });
  });

  it('is none for goods outside of the categories, and none without garments', () => {
    expect(
      choosePrimaryGarment([image([C.TROUSERS, 900])], [{ kind: 'outside', goods: 'shoes' }]),
    ).toBeNull();
    expect(choosePrimaryGarment([image(), image()], [])).toBeNull();
  });
});
