import { describe, expect, it } from 'vitest';
import { checkDomains, hostOf, isListed, patternsOf } from '../../../../server/access/domains.ts';

describe("a widget's hosts", () => {
  it.each([
    [['shop.example'], 'shop.example', true],
    [['shop.example'], 'www.shop.example', false],
    [['shop.example'], 'notshop.example', false],
    [['shop.example'], 'shop.example.evil.example', false],
    [['*.shop.example'], 'www.shop.example', true],
    [['*.shop.example'], 'a.b.shop.example', true],
    [['*.shop.example'], 'shop.example', false],
    [['*.shop.example'], 'notshop.example', false],
    [['localhost'], 'localhost', true],
    [['a.example', '*.b.example'], 'x.b.example', true],
    [[], 'shop.example', false],
  ] as const)('%j are for %s: %s', (domains, host, listed) => {
    expect(isListed(domains, host)).toBe(listed);
  });

  it('are kept in one spelling, once each', () => {
    expect(checkDomains([' Shop.Example ', 'shop.example', '*.Shop.Example'])).toEqual([
      'shop.example',
      '*.shop.example',
    ]);
    expect(checkDomains(['Müller.example', '*.müller.example', 'xn--mller-kva.example'])).toEqual([
      'xn--mller-kva.example',
      '*.xn--mller-kva.example',
    ]);
  });

  it.each([
    '',
    '*',
    '*.example',
    '*.*.shop.example',
    'shop.*',
    'https://shop.example',
    'shop.example/',
    'shop.example:8080',
    'müller.example/',
    'müller.example:8080',
    'shop..example',
    '-shop.example',
    'a b.example',
    `${'a'.repeat(64)}.example`,
  ])('cannot be %j', (domain) => {
    expect(() => checkDomains([domain])).toThrow(/not a host|1 to 20/);
  });

  it('are twenty at the most, and one at the least', () => {
    expect(() => checkDomains([])).toThrow(/1 to 20/);
    expect(() => checkDomains(Array.from({ length: 21 }, (_, i) => `s${i}.example`))).toThrow(/1 to 20/);
  });

  it('are looked for as themselves and as all that they may be within', () => {
    expect(patternsOf('a.b.c')).toEqual(['a.b.c', '*.b.c', '*.c']);
    expect(patternsOf('localhost')).toEqual(['localhost']);
  });
});

describe('the host of a page', () => {
  it.each([
    ['https://Shop.Example', undefined, 'shop.example'],
    ['http://localhost:3000', undefined, 'localhost'],
    [undefined, 'https://shop.example/skirts?x=1', 'shop.example'],
    ['https://evil.example', 'https://shop.example/', 'evil.example'],
    ['null', 'https://shop.example/', null],
    ['file:///tmp/x.html', undefined, null],
    [undefined, undefined, null],
    ['https://shop.example@evil.example', undefined, 'evil.example'],
  ] as const)('of Origin %s and Referer %s is %s', (origin, referer, host) => {
    expect(hostOf(origin, referer)).toBe(host);
  });
});
