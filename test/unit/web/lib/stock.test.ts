import { describe, expect, it } from 'vitest';
import {
  ALL_STOCK,
  inParts,
  isNarrowed,
  readStock,
  type StockState,
  stockAddress,
  toStaffFilter,
} from '../../../../web/lib/stock.ts';

const read = (search: string) => readStock(new URLSearchParams(search));

describe('the address of the staff’s list', () => {
  it('says nothing of what is usual', () => {
    expect(read('')).toEqual(ALL_STOCK);
    expect(read('text=%00')).toEqual(ALL_STOCK);
    expect(stockAddress({})).toBe('/manage/items');
    expect(isNarrowed(ALL_STOCK)).toBe(false);
  });

  it('is read as it was written', () => {
    const state: StockState = {
      text: 'a & b',
      shown: 'NOT_MATCHED',
      categories: ['SKIRT', 'VEST'],
      importId: 'job-1',
      order: 'LEAST_SURE',
    };
    const address = stockAddress(state);
    expect(address).toBe(
      '/manage/items?text=a+%26+b&show=NOT_MATCHED&category=SKIRT&category=VEST&import=job-1&order=LEAST_SURE',
    );
    expect(read(address.split('?')[1]!)).toEqual(state);
  });

  it('is read without what nobody could have chosen', () => {
    expect(read('show=x&order=y&category=HAT&category=VEST')).toEqual({ ...ALL_STOCK, categories: ['VEST'] });
  });
});

it('becomes the filter of the API', () => {
  const filter = (part: Partial<StockState>) => toStaffFilter({ ...ALL_STOCK, ...part });
  expect(filter({ text: ' a ', shown: 'FAILED' })).toEqual({ text: 'a', states: ['FAILED'] });
  expect(filter({ shown: 'LOW_CONFIDENCE', categories: ['SKIRT'], importId: 'j' })).toEqual({
    concern: 'LOW_CONFIDENCE',
    categories: ['SKIRT'],
    importId: 'j',
  });
  // The order alone narrows nothing.
  expect(isNarrowed({ ...ALL_STOCK, order: 'ID' })).toBe(false);
});

it('cuts a list into parts', () => {
  expect(inParts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(inParts([], 2)).toEqual([]);
});
