import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkFilter, type ItemFilter } from '../../server/catalogue/items/filter.ts';
import { pageItems } from '../../server/catalogue/items/item.sql.ts';
import { foldText } from '../../server/vocabulary/fold.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { makeItem, makeShop } from '../helpers/factories.ts';

let db: TestDatabase;
let shopId: string;
beforeAll(async () => {
  db = await openTestDatabase();
  shopId = await makeShop(db);
});
afterAll(() => db?.close());

async function inSql(texts: readonly string[]): Promise<string[]> {
  const { rows } = await db.asOwner((tx) =>
    tx.query<{ folded: string }>(
      'select fold_text(value) as folded from unnest($1::text[]) with ordinality as t (value, n) order by n',
      [texts],
    ),
  );
  return rows.map(({ folded }) => folded);
}

describe('a folded text', () => {
  const FOLDED = [
    ['PLISSÉ', 'plisse'],
    ['plisse\u0301', 'plisse'],
    ['Größe', 'grosse'],
    ['GROẞE', 'grosse'],
    ['Smørrebrød', 'smorrebrod'],
    ['Żółć Łódź', 'zolc lodz'],
    ['Ærø Œuvre', 'aero oeuvre'],
    ['İstanbul ılık', 'istanbul ilik'],
    ['Đorđe Ðað Þór', 'dorde dad thor'],
    ['ПЛАТЬЕ Ёлка Йод', 'платье елка иод'],
    ['ΦΌΡΕΜΑ κόσμος', 'φορεμα κοσμοσ'],
    ['ドレス', 'ト\u3099レス'],
    ['Dress 38', 'dress 38'],
    ['', ''],
  ] as const;

  it('has neither case nor accents, in SQL and here', async () => {
    expect(FOLDED.map(([text]) => foldText(text))).toEqual(FOLDED.map(([, folded]) => folded));
    expect(await inSql(FOLDED.map(([text]) => text))).toEqual(FOLDED.map(([, folded]) => folded));
  });

  it('is the same in SQL and here, of any text', async () => {
    const latin = fc.integer({ min: 32, max: 0x24f }).map((code) => String.fromCodePoint(code));
    const other = fc.integer({ min: 0x250, max: 0x1eff }).map((code) => String.fromCodePoint(code));
    const text = fc
      .array(fc.oneof(latin, latin, other, fc.constantFrom('\u0301', '\u0308', '\u0327', '\u{1f457}')), {
        maxLength: 30,
      })
      .map((letters) => letters.join(''));
    const texts = fc.sample(text, { numRuns: 2000, seed: 7 });
    expect(await inSql(texts)).toEqual(texts.map(foldText));
  });
});

/** As long as a feed may have it; its letters outside the first plane are two units each in a string. */
const LONG = `É${'👗x'.repeat(333)}`;

describe('a search', () => {
  async function found(filter: ItemFilter): Promise<string[]> {
    const page = { shopId, shopCurrency: 'EUR', filter, all: true, limit: 100 };
    return (await db.inShop(shopId, (tx) => pageItems(tx, page))).map(({ id }) => id).sort();
  }
  beforeAll(async () => {
    await makeItem(db, shopId, {
      id: 'a',
      title: 'Jupe plissée',
      brand: 'Château',
      size: 'Größe M',
      color: 'Bordeaux/Noir',
    });
    await makeItem(db, shopId, {
      id: 'b',
      title: 'GROSSE STRASSENHOSE',
      brand: 'CHATEAU',
      size: 'grosse m',
      color: 'Schwarz',
    });
    await makeItem(db, shopId, {
      id: 'c',
      title: 'Straße',
      attributes: { größe: 'Überlang' },
      brand: LONG,
      size: LONG,
      color: 'Navy / Off-White & Red',
    });
  });

  it.each<[object, string[]]>([
    [{ words: 'PLISSEE' }, ['a']],
    [{ words: 'plissé' }, ['a']],
    [{ words: 'jupe plisse\u0301e' }, ['a']],
    [{ words: 'straße' }, ['b', 'c']],
    [{ words: 'strasse' }, ['b', 'c']],
    [{ words: 'STRASSENHOSE' }, ['b']],
    [{ words: 'plissee|jupe' }, ['a']],
    [{ words: 'plissee,jupe & | ;' }, ['a']],
    [{ brands: ['chateau'] }, ['a', 'b']],
    [{ brands: ['CHÂTEAU'] }, ['a', 'b']],
    [{ sizes: ['GROSSE M'] }, ['a', 'b']],
    [{ attributes: [{ name: 'Größe', values: ['UBERLANG'] }] }, ['c']],
    [{ colors: ['red'] }, ['a', 'c']],
    [{ colors: ['Bordeaux'] }, ['a', 'c']],
    [{ colors: ['NOIR'] }, ['a']],
    [{ colors: ['schwarz'] }, ['b']],
    [{ colors: ['white'] }, ['c']],
    [{ colors: ['navy', 'noir'] }, ['a', 'c']],
    [{ colors: ['blue'] }, []],
    [{ brands: [LONG] }, ['c']],
    [{ sizes: [LONG.toLowerCase()] }, ['c']],
  ])('for %j finds %j', async (filter, ids) => {
    expect(await found(filter)).toEqual(ids);
    expect(checkFilter(filter)).toBe(filter);
  });
});
