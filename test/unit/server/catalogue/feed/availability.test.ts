import { expect, it } from 'vitest';
import { readAvailability } from '../../../../../server/catalogue/feed/availability.ts';

const WORDS = {
  in_stock: [
    ...['in_stock', 'in stock', 'In Stock', 'IN-STOCK', 'InStock', 'instock', ' in  stock '],
    ...[
      'http://schema.org/InStock',
      'https://schema.org/InStock',
      'schema:InStock',
      'https://schema.org/OnlineOnly',
    ],
    ...['https://schema.org/LimitedAvailability', 'InStoreOnly', 'available', 'limited availability'],
    ...['1', '25', '3.0', 'yes', 'true', 'Y', '25 in stock', 'In stock (4)'],
    ...['auf Lager', 'Sofort lieferbar', 'verfügbar', 'en stock', 'Disponible', 'disponibile', 'op voorraad'],
    ...['em estoque', 'dostępny', 'I lager', 'på lager', 'skladem', 'stokta var', 'в наличии', '在庫あり'],
  ],
  out_of_stock: [
    ...['out_of_stock', 'out of stock', 'Out-of-Stock', 'OutOfStock', 'outofstock', 'sold out', 'SoldOut'],
    ...['https://schema.org/OutOfStock', 'https://schema.org/Discontinued', 'http://schema.org/SoldOut'],
    ...[
      'discontinued',
      'mark_as_sold',
      'unavailable',
      'not available',
      '0',
      '-2',
      'no',
      'false',
      'In stock (0)',
    ],
    ...[
      'ausverkauft',
      'Nicht auf Lager',
      'nicht lieferbar',
      'épuisé',
      'Rupture de stock',
      'agotado',
      'esaurito',
    ],
    ...[
      'uitverkocht',
      'niet op voorraad',
      'esgotado',
      'niedostępny',
      'Slut i lager',
      'udsolgt',
      'нет в наличии',
    ],
  ],
  preorder: [
    'preorder',
    'pre-order',
    'pre_order',
    'Pre Order',
    'PreOrder',
    'https://schema.org/PreSale',
    'vorbestellbar',
  ],
  backorder: [
    ...['backorder', 'back-order', 'back order', 'on backorder', 'onbackorder', 'available for order'],
    ...['https://schema.org/BackOrder', 'MadeToOrder', 'Sur commande'],
  ],
};

it.each(Object.entries(WORDS).flatMap(([value, words]) => words.map((word) => [word, value])))(
  '"%s" is %s',
  (word, value) => {
    expect(readAvailability(word)).toBe(value);
  },
);

it.each([
  'maybe',
  'pending',
  'soon',
  '—',
  'in',
  'stock',
  'constructor',
  'in 3 Tagen',
  'https://example.com/InStock',
])('"%s" is not guessed', (word) => {
  expect(readAvailability(word)).toBeUndefined();
});
