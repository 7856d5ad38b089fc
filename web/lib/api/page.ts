/** One page of a list: `next` is the cursor of the following page. */
export interface Page<T> {
  entries: T[];
  next: string | null;
  total: number | null;
}

/** Page size of lists. */
export const PAGE_SIZE = 24;

export function nextCursor({
  hasNextPage,
  endCursor,
}: {
  hasNextPage: boolean;
  endCursor?: string | null;
}): string | null {
  return hasNextPage ? (endCursor ?? null) : null;
}

/** How TanStack goes through the pages of a list. */
export const FROM_THE_FIRST_PAGE = {
  initialPageParam: null as string | null,
  getNextPageParam: ({ next }: Page<unknown>) => next,
};
