import { getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { countPairs } from '../../../../server/graphql/repeated-fields.ts';

const times = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');
const pairsOf = (text: string) => countPairs(parse(text));
const TOO_MANY = 20_000;

describe('the pairs of fields that validation compares', () => {
  it.each([
    ['a field', `{ ${times(390, () => 'shop { id }')} }`],
    ['one alias', `{ shop { ${times(600, () => 'a: name')} } }`],
    ['a field within inline fragments', `{ ${times(280, () => '... { shop { id } }')} }`],
    [
      'fragments',
      `{ ${times(150, (i) => `...F${i}`)} } ${times(150, (i) => `fragment F${i} on Query { shop { id name } }`)}`,
    ],
  ])('are too many for %s over and over', (_, text) => {
    expect(pairsOf(text)).toBeGreaterThan(TOO_MANY);
  });

  it.each([
    ['many aliases', `{ ${times(200, (i) => `a${i}: shop { id name }`)} }`],
    [
      'ten fragments of the same fields',
      `{ items { ${times(10, (i) => `...F${i}`)} } } ${times(10, (i) => `fragment F${i} on ItemConnection { edges { node { id title price { amount } } } }`)}`,
    ],
    [
      'fragments that double at each level',
      `{ ...F0 } ${times(100, (i) => `fragment F${i} on Item { a: variants { ...F${i + 1} } b: variants { ...F${i + 1} } }`)} fragment F100 on Item { id }`,
    ],
    ['a fragment in itself', '{ ...A } fragment A on Query { shop { ...A } ...A }'],
    ['what tools ask of the schema', getIntrospectionQuery()],
  ])('are few for %s', (_, text) => {
    expect(pairsOf(text)).toBeLessThan(TOO_MANY / 4);
  });
});
