import type { Category } from './api/shapes.ts';
import type { StaffFilter, StaffOrder } from './api/stock.ts';
import { isCategory } from './categories.ts';
import { withoutNul } from './without-nul.ts';

/** Which items the staff's list shows, by how they were read. */
export const SHOWN = [
  { value: 'ALL', name: 'All items', filter: {} },
  { value: 'READY', name: 'Ready', filter: { states: ['READY'] } },
  { value: 'PENDING', name: 'Being read', filter: { states: ['PENDING'] } },
  { value: 'FAILED', name: 'Could not be read', filter: { states: ['FAILED'] } },
  { value: 'NOT_MATCHED', name: 'Not matched', filter: { concern: 'NOT_MATCHED' } },
  { value: 'LOW_CONFIDENCE', name: 'Low confidence', filter: { concern: 'LOW_CONFIDENCE' } },
] as const satisfies readonly { value: string; name: string; filter: StaffFilter }[];
export type Shown = (typeof SHOWN)[number]['value'];

export const ORDERS: readonly { value: StaffOrder; name: string }[] = [
  { value: 'NEWEST', name: 'Newest first' },
  { value: 'OLDEST', name: 'Oldest first' },
  { value: 'CHANGED', name: 'Last changed first' },
  { value: 'TITLE', name: 'By title' },
  { value: 'ID', name: 'By id' },
  { value: 'CHEAPEST', name: 'Cheapest first' },
  { value: 'DEAREST', name: 'Dearest first' },
  { value: 'LEAST_SURE', name: 'Least sure first' },
];

/** What the address of the staff's list says. */
export interface StockState {
  text: string;
  shown: Shown;
  categories: readonly Category[];
  /** Only what this import touched. */
  importId: string | null;
  order: StaffOrder;
}

/** A function is given the state as it is by then, which may be newer than the one that is shown. */
export type StockChange = Partial<StockState> | ((now: StockState) => Partial<StockState>);

export const ALL_STOCK: StockState = {
  text: '',
  shown: 'ALL',
  categories: [],
  importId: null,
  order: 'NEWEST',
};

export function readStock(address: URLSearchParams): StockState {
  const parameters = withoutNul(address);
  const [shown, order] = [parameters.get('show'), parameters.get('order')];
  return {
    text: parameters.get('text') ?? '',
    shown: SHOWN.find(({ value }) => value === shown)?.value ?? 'ALL',
    categories: parameters.getAll('category').filter(isCategory),
    importId: parameters.get('import'),
    order: ORDERS.find(({ value }) => value === order)?.value ?? 'NEWEST',
  };
}

/** The state as parameters of an address: null or an empty list for those that are left out. */
export function stockParameters(state: StockState): Record<string, string | readonly string[] | null> {
  return {
    text: state.text.trim() || null,
    show: state.shown === 'ALL' ? null : state.shown,
    category: state.categories,
    import: state.importId,
    order: state.order === 'NEWEST' ? null : state.order,
  };
}

/** The address of the list in this state. */
export function stockAddress(change: Partial<StockState>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(stockParameters({ ...ALL_STOCK, ...change }))) {
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) query.append(name, one);
  }
  const text = query.toString();
  return text ? `/manage/items?${text}` : '/manage/items';
}

export function toStaffFilter({ text, shown, categories, importId }: StockState): StaffFilter {
  const filter: StaffFilter = SHOWN.find(({ value }) => value === shown)?.filter ?? {};
  return {
    ...filter,
    ...(text.trim() && { text: text.trim() }),
    ...(categories.length > 0 && { categories: [...categories] }),
    ...(importId !== null && { importId }),
  };
}

export function isNarrowed(state: StockState): boolean {
  return Object.keys(toStaffFilter(state)).length > 0;
}

/** The list cut into parts of this size. */
export function inParts<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, part) =>
    list.slice(part * size, (part + 1) * size),
  );
}
