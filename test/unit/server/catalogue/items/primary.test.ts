import { describe, expect, it } from 'vitest';
import { claimOf, claimsOfItem } from '../../../../../server/catalogue/items/claim.ts';
import { choosePrimaryGarment, type ParsedImage } from '../../../../../server/catalogue/items/primary.ts';
import { Category as C } from '../../../../../server/vocabulary/category.ts';

const DRESSES = [C.SHORT_SLEEVE_DRESS, C.LONG_SLEEVE_DRESS, C.VEST_DRESS, C.SLING_DRESS];
const TOPS = [C.SHORT_SLEEVE_TOP, C.LONG_SLEEVE_TOP, C.VEST, C.SLING];

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
    ['T-Shirt Cap Sleeve White', [C.SHORT_SLEEVE_TOP]],
    ['Cap Sleeve T-Shirt', [C.SHORT_SLEEVE_TOP]],
    ['Cap-sleeved tee', [C.SHORT_SLEEVE_TOP]],
    ['Jeans Boot Cut Blue', [C.TROUSERS]],
    ['Boot-cut jeans', [C.TROUSERS]],
    ['Trousers Boot Leg', [C.TROUSERS]],
    ['Jeans Boot Cut, Belt Loops', [C.TROUSERS]],
    ['Dress Scarf Print Red', DRESSES],
    ['Scarf print dress', DRESSES],
    ['Wrap Dress Tie Waist Hat Motif', DRESSES],
    ['Tunic Top Bell Sleeves Socks Print', TOPS],
    ['Pyjama Top Sneaker Graphic', TOPS],
    ['Navy Skirt (Belt Included)', [C.SKIRT]],
    ['Navy Skirt Belt Included', [C.SKIRT]],
    ['Navy Skirt [with bag]', [C.SKIRT]],
    ['Skirt + belt', [C.SKIRT]],
    ['Hoodie by Hat & Belt Co', [C.LONG_SLEEVE_TOP, C.LONG_SLEEVE_OUTWEAR]],
    ['Hat & Belt Co - Hoodie', [C.LONG_SLEEVE_TOP, C.LONG_SLEEVE_OUTWEAR]],
    ['Shoe Co | Pleated skirt | Black', [C.SKIRT]],
    ['Coat Hood Cap', [C.LONG_SLEEVE_OUTWEAR, C.SHORT_SLEEVE_OUTWEAR]],
    ['Coat dress heels pattern', DRESSES],
    ['Jacket Watch Pocket Detail Gloves', [C.LONG_SLEEVE_OUTWEAR, C.SHORT_SLEEVE_OUTWEAR]],
    ['Baggy Shorts', [C.SHORTS]],
    ['Plain tee', [C.SHORT_SLEEVE_TOP]],
    ['Swim shirt', TOPS],
    ['212', TOPS],
    ['Shoes & Clothing > Skirts', [C.SKIRT]],
    ['Accessories > Sale > Summer skirts', [C.SKIRT]],
    ['Clothing, Shoes & Jewelry > Women > Clothing > Skirts', [C.SKIRT]],
    ['187 degrees skirt', [C.SKIRT]],
    ['Bekleidung & Accessoires > Bekleidung > Kleider', DRESSES],
    ['Vêtements et accessoires > Vêtements > JUPES', [C.SKIRT]],
    ['Vêtements > Robes', DRESSES],
    ['Skirt Bag Pocket', [C.SKIRT]],
    ['Backpack straps top', TOPS],
  ])('%s', (text, categories) => {
    expect(claimOf(text)).toEqual({ kind: 'garment', categories });
  });

  it.each([
    ...[
      'Shoes',
      '187',
      '187 - Apparel & Accessories > Shoes',
      'Apparel & Accessories > Shoes',
      'Dress shoes',
    ],
    ...[
      'Leather tote bag',
      'Handbags',
      'Jeans belt',
      'Sneakers White 42',
      'Ankle boots, black',
      'Nike - Running shoes',
    ],
    ...[
      'Boots for skinny jeans',
      'Belt with dress buckle',
      'Apparel & Accessories > Clothing Accessories > Hats',
    ],
    ...[
      'Clothing > Shoes > Sneakers',
      'Shoes > Women > Sale',
      'Handbags, Wallets & Cases',
      'Clothing Accessories',
    ],
    ...[
      'Bekleidung & Accessoires > Schuhe',
      'Mode > Chaussures',
      'Sale > Zubehör',
      'Ropa y accesorios > Bolsos',
    ],
    ...['Baseball Cap', 'Wool Socks 3 pack', 'Hat Print Red'],
  ])('%s is outside', (text) => {
    expect(claimOf(text).kind).toBe('outside');
  });

  it.each([
    ...[undefined, '', 'Summer breeze', 'Apparel & Accessories', '99999', 'Jumpsuit', 'Bodysuit', 'Boot Cut'],
    ...[
      'Clothing, Shoes & Jewelry > Women > Clothing > Bodysuits',
      'Bags & Clothing > Women',
      'Bags & Clothing',
    ],
    ...[
      'Bekleidung & Accessoires > Bekleidung',
      'Vêtements et accessoires',
      'Robe rouge avec ceinture',
      'Cap Sleeve Basic',
    ],
    ...[
      'Summer set with hat',
      'Clothing, Shoes & Accessories',
      'Fashion > Shoes & Apparel',
      'Pyjamas Sneaker Print',
    ],
  ])('%s says nothing', (text) => {
    // "Accessories" at a path's root is every shop's.
    expect(claimOf(text).kind).toBe('unknown');
  });

  it.each([
    ['Dresses & Skirts', 'Floral maxi dress', [10, 11, 12, 13]],
    ['Women > Dresses & Skirts', 'The Ana', [10, 11, 12, 13, 9]],
    ['Jackets & Vests', 'Denim jacket', [4, 3]],
    ['Trousers and Shorts', 'Cotton chinos', [8]],
    ['Tops & Tees', 'Silk blouse', [1, 2, 5, 6]],
    ['Tanks & Camis', 'Ribbed tank', [5]],
    ['Jeans, Pants & Shorts', 'The Ana', [8, 7]],
    ['Kleider und Röcke', 'Ana', [10, 11, 12, 13, 9]],
    ['Long sleeve shirts & tops', 'Ana', [2]],
    ['Bags & Dresses', 'Ana', [10, 11, 12, 13]],
  ])('on the shelf %j, %j is any of those', (productType, title, categories) => {
    expect(claimsOfItem({ title, productType })[0]).toEqual({ kind: 'garment', categories });
  });

  it('is not told by a shelf that has jumpsuits or sets as well', () => {
    expect(claimsOfItem({ title: 'Ana', productType: 'Jumpsuits & Skirts' })).toEqual([]);
  });

  it('is narrowed where feed and title agree, and the feed goes before the title', () => {
    const dresses = { googleProductCategory: 'Clothing > Dresses' };
    expect(claimsOfItem({ title: 'Long sleeve dress', ...dresses })[0]).toEqual({
      kind: 'garment',
      categories: [C.LONG_SLEEVE_DRESS],
    });
    expect(claimsOfItem({ title: 'Trousers', ...dresses })[0]).toMatchObject({
      categories: expect.arrayContaining([C.VEST_DRESS]),
    });
    const shoes = { kind: 'outside', goods: 'shoes', column: 'google_product_category' };
    expect(claimsOfItem({ title: 'Runner', googleProductCategory: 'Shoes' })).toEqual([shoes]);
    expect(claimsOfItem({ title: 'Skirt', googleProductCategory: 'Shoes' })).toEqual([
      { ...shoes, unless: [C.SKIRT] },
    ]);
  });
});

describe('the primary garment', () => {
  const image = (...garments: [category: number | null, area: number][]) => ({
    width: 100,
    height: 100,
    garments: garments.map(([category, area]) => ({
      category,
      area,
      score: 0.95,
      box: [0, 0, 90, 90] as const,
    })),
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

  describe('of goods outside of the categories', () => {
    const outside = { kind: 'outside', goods: 'shoes' } as const;
    const sure = { category: C.SKIRT, area: 4000, score: 0.95, box: [10, 10, 90, 90] as const };
    const shown = (...garments: ParsedImage['garments'][number][]) => [{ width: 100, height: 100, garments }];

    it('is one that the parser is sure of, shown for itself', () => {
      expect(choosePrimaryGarment(shown(sure), [outside])).toEqual({ image: 0, garment: 0 });
    });

    it.each([
      ['the parser is not sure', shown({ ...sure, score: 0.8 })],
      ['it is small', shown({ ...sure, area: 1000 })],
      ['it is cut off', shown({ ...sure, box: [10, 10, 90, 100] as const })],
      ['it is worn with another', shown(sure, { ...sure, category: C.VEST, score: 0.5 })],
    ])('is none if %s', (_, images) => {
      expect(choosePrimaryGarment(images, [outside])).toBeNull();
    });

    it('is one that the title names and the parser is sure of, among others', () => {
      const worn = { ...sure, category: C.VEST, area: 9000, box: [0, 0, 100, 100] as const };
      const claim = { ...outside, unless: [C.SKIRT] };
      expect(choosePrimaryGarment(shown(worn, sure), [claim])).toEqual({ image: 0, garment: 1 });
      expect(choosePrimaryGarment(shown(worn, { ...sure, score: 0.8 }), [claim])).toBeNull();
    });
  });
});
