import { createHash } from 'node:crypto';
import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { InvalidInputError } from '../errors/errors.ts';
import { isWellFormed } from '../vocabulary/text.ts';
import { pageCost, WHOLE_SHOP_COST } from './cost.ts';

@ObjectType({ description: 'Where a page begins and ends.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there is a page after this one.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there is a page before this one.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge. Null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last edge, for `after`. Null on an empty page.',
  })
  endCursor!: string | null;
}

export interface EdgeOf<Node> {
  cursor: string;
  node: Node;
}

export interface ConnectionOf<Node> {
  edges: EdgeOf<Node>[];
  pageInfo: PageInfo;
}

/** A Relay connection over `node`, made once for each node type: `NodeEdge` and `NodeConnection`. */
export function Connection<Node extends object>(name: string, node: () => ClassType<Node>) {
  @ObjectType(`${name}Connection`, { description: `A page of ${name} nodes.` })
  class NodeConnection extends connectionFields(name, node) {}
  return NodeConnection;
}

/** So many nodes are counted. */
export const MAX_COUNT = 1_000;

/** A connection that also knows how many nodes there are over all its pages. */
export function CountedConnection<Node extends object>(name: string, node: () => ClassType<Node>) {
  @ObjectType(`${name}Connection`, { description: `A page of ${name} nodes.` })
  class NodeConnection extends connectionFields(name, node) {
    @Field(() => Int, {
      complexity: WHOLE_SHOP_COST,
      description: `Number of nodes over all pages, at most ${MAX_COUNT.toLocaleString('en')}.`,
    })
    totalCount!: number;

    @Field(() => Boolean, {
      complexity: WHOLE_SHOP_COST,
      description: `False if there are more than ${MAX_COUNT.toLocaleString('en')} nodes.`,
    })
    isTotalExact!: boolean;
  }
  return NodeConnection;
}

function connectionFields<Node extends object>(name: string, node: () => ClassType<Node>) {
  @ObjectType(`${name}Edge`, { description: `${name} with its cursor.` })
  class Edge implements EdgeOf<Node> {
    @Field(() => String, { description: 'Opaque position of the node, for `after`.' })
    cursor!: string;

    @Field(node, { description: 'The node.' })
    node!: Node;
  }

  @ObjectType()
  class Fields implements ConnectionOf<Node> {
    @Field(() => [Edge], {
      complexity: pageCost(MAX_PAGE),
      description: 'The nodes of this page with their cursors.',
    })
    edges!: Edge[];

    @Field(() => PageInfo, { description: 'Where this page begins and ends.' })
    pageInfo!: PageInfo;
  }
  return Fields;
}

/** An object whose fields are read when GraphQL asks for them: it waits for a promise in the place of a value. */
export function lazily<T extends object>(fields: { [Name in keyof T]: () => Promise<T[Name]> }): T {
  const lazy = Object.entries<() => unknown>(fields).map(([name, get]) => [name, { get, enumerable: true }]);
  return Object.defineProperties({}, Object.fromEntries(lazy)) as T;
}

/** Reads when first called, and no second time. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= read();
    return answer;
  };
}

/** Rows of one page more than `first`, if there are more, become a page of `first` with its page info. */
export function toConnection<Node>(
  rows: readonly EdgeOf<Node>[],
  first: number,
  after: string | null | undefined,
): ConnectionOf<Node> {
  const edges = rows.slice(0, first);
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== null && after !== undefined,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** The same of rows read backwards, from the end of the page to its beginning. */
export function toLastPage<Node>(
  rows: readonly EdgeOf<Node>[],
  last: number,
  before: string | null | undefined,
): ConnectionOf<Node> {
  const edges = rows.slice(0, last).reverse();
  return {
    edges,
    pageInfo: {
      hasNextPage: before !== null && before !== undefined,
      hasPreviousPage: rows.length > last,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

export const MAX_PAGE = 100;

/** A page's size, 1 to 100. */
export function checkFirst(first: number, field: 'first' | 'last' = 'first'): number {
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE) {
    throw new InvalidInputError(`${field} must be from 1 to ${MAX_PAGE}.`, { field });
  }
  return first;
}

const CURSOR_VERSION = 1;
/** Longer ones cannot be ours: an item id has at most 100 characters, and a cursor names 25 items at the most. */
const MAX_CURSOR = 16_384;

/** A short name of the list that a cursor belongs to: a cursor of another list or other filters is refused. */
export function cursorScope(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 10);
}

/** An opaque cursor: where the page ended (`key`), and in which list (`scope`, from `cursorScope`). */
export function encodeCursor(scope: string, key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([CURSOR_VERSION, scope, ...key])).toString('base64url');
}

/** What `encodeCursor` was given; `check` says whether the key has the shape that the list expects. */
export function decodeCursor<Key extends readonly (string | number)[]>(
  scope: string,
  cursor: string,
  check: (key: readonly unknown[]) => key is Key,
): Key {
  const parsed = cursor.length <= MAX_CURSOR ? parseJson(Buffer.from(cursor, 'base64url').toString()) : null;
  if (!Array.isArray(parsed) || parsed[0] !== CURSOR_VERSION) throw invalidCursor('is not one of ours');
  if (parsed[1] !== scope) throw invalidCursor('belongs to another list or other filters');
  const key: unknown[] = parsed.slice(2);
  if (!check(key) || !key.every(isStorable)) throw invalidCursor('is not one of ours');
  return key;
}

/** A text that the database takes as it is: no other can be of ours. */
function isStorable(part: string | number): boolean {
  return typeof part === 'number' || isWellFormed(part);
}

const TIME = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** Whether a part of a key is a time in UTC to the microsecond, as the database will take it: no 31st of February. */
export function isTime(part: unknown): part is string {
  if (typeof part !== 'string' || !TIME.test(part)) return false;
  const time = new Date(part);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 23) === part.slice(0, 23);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function invalidCursor(why: string): InvalidInputError {
  return new InvalidInputError(`This cursor ${why}. Start again without "after".`, {
    code: 'INVALID_CURSOR',
    field: 'after',
  });
}
