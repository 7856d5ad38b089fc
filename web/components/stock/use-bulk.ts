'use client';

import { useRef, useState } from 'react';
import { toApiError } from '@/lib/api/errors.ts';
import type { ItemCategoryInput } from '@/lib/api/generated/graphql.ts';
import { refreshImages } from '@/lib/api/imports.ts';
import type { Category } from '@/lib/api/shapes.ts';
import { type Categorized, categorizeItems, deleteItems, restoreItems } from '@/lib/api/stock.ts';
import { CATEGORY_NAMES } from '@/lib/categories.ts';
import { explain } from '@/lib/explain.ts';
import { count } from '@/lib/format.ts';
import { inParts } from '@/lib/stock.ts';

export interface Running {
  readonly name: string;
  readonly done: number;
  /** 0 while it is not known. */
  readonly of: number;
}

export interface Outcome {
  readonly words: string;
  readonly failed?: boolean;
  readonly undo?: () => void;
  readonly link?: string;
  readonly problems: readonly { reason: string; items: number }[];
}

/** Small enough that stopping comes soon: some of them need the model. */
const CATEGORIZED_AT_ONCE = 20;
const DELETED_AT_ONCE = 100;
const REFRESHED_AT_ONCE = 1000;

const NOT_BACK = 'deleted for more than an hour, or imported since.';

const NONE: ReadonlySet<string> = new Set();

/** Changes of many items, part by part; each can be stopped after the part that is under way. */
export function useBulk(onDone: (gone: ReadonlySet<string>) => void) {
  const [running, setRunning] = useState<Running | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const stopped = useRef(false);

  /** Works through the parts; says how far it came, and why no further. */
  const work = async <T>(
    name: string,
    all: readonly T[],
    size: number,
    act: (part: T[]) => Promise<void>,
  ): Promise<string | null> => {
    stopped.current = false;
    setOutcome(null);
    setRunning({ name, done: 0, of: all.length });
    try {
      let done = 0;
      for (const part of inParts(all, size)) {
        if (stopped.current) return 'You stopped it there.';
        await act(part);
        done += part.length;
        setRunning({ name, done, of: all.length });
      }
      return null;
    } catch (cause) {
      const { title, advice } = explain(toApiError(cause));
      return `${title}. ${advice}`;
    } finally {
      setRunning(null);
    }
  };

  const setCategories = async (items: ItemCategoryInput[], meaning: string, isUndo: boolean) => {
    const outcomes: Categorized[] = [];
    const halt = await work(
      isUndo ? 'Taking it back' : 'Setting the category',
      items,
      CATEGORIZED_AT_ONCE,
      async (part) => {
        outcomes.push(...(await categorizeItems(part)));
      },
    );
    const changed = outcomes.filter(({ problem }) => !problem);
    const before = changed.map(({ itemId, before: category }) => ({ itemId, category: category ?? null }));
    // What was not taken back yet is not given up.
    const back = isUndo ? items.slice(outcomes.length) : before;
    setOutcome({
      words: [`${count(changed.length, 'item')} ${meaning}.`, halt].filter(Boolean).join(' '),
      failed: halt !== null,
      problems: problemsOf(outcomes),
      ...(back.length > 0 && { undo: () => void setCategories(back, 'as before', true) }),
    });
    if (changed.length > 0) onDone(NONE);
  };

  /** `unsure`: those among them that may be there already. */
  const restore = async (ids: readonly string[], unsure: readonly string[]) => {
    const back: string[] = [];
    let answered = 0;
    const halt = await work('Bringing them back', ids, DELETED_AT_ONCE, async (part) => {
      back.push(...(await restoreItems(part)));
      answered += part.length;
    });
    const known = new Set([...back, ...unsure]);
    const left = ids.slice(0, answered).filter((id) => !known.has(id)).length;
    const rest = ids.slice(answered);
    setOutcome({
      words: [
        `${count(back.length, 'item')} brought back.`,
        left > 0 && `${count(left, 'item')} ${NOT_BACK}`,
        halt,
      ]
        .filter(Boolean)
        .join(' '),
      failed: halt !== null,
      problems: [],
      ...(rest.length > 0 && {
        undo: () => void restore(rest, [...unsure, ...rest.slice(0, DELETED_AT_ONCE)]),
      }),
    });
    if (back.length > 0) onDone(NONE);
  };

  return {
    running,
    outcome,
    stop: () => {
      stopped.current = true;
    },
    dismiss: () => setOutcome(null),
    say: (words: string) => setOutcome({ words, failed: true, problems: [] }),
    /** Null if it failed, which is said. */
    async gather(load: () => Promise<string[]>): Promise<string[] | null> {
      let ids: string[] | null = null;
      setOutcome(null);
      setRunning({ name: 'Finding them', done: 0, of: 0 });
      try {
        ids = await load();
      } catch (cause) {
        setOutcome({ words: explain(toApiError(cause)).advice, failed: true, problems: [] });
      }
      setRunning(null);
      return ids;
    },
    categorize: (ids: string[], category: Category | null) =>
      setCategories(
        ids.map((itemId) => ({ itemId, category })),
        category ? `kept as ${CATEGORY_NAMES[category].toLowerCase()} now` : 'left to feed and parser',
        false,
      ),
    async remove(ids: string[]) {
      const gone = new Set<string>();
      const deleted: string[] = [];
      let sent = 0;
      const halt = await work('Deleting', ids, DELETED_AT_ONCE, async (part) => {
        sent += part.length;
        deleted.push(...(await deleteItems(part)));
        // Those that somebody else has deleted are gone as well.
        for (const id of part) gone.add(id);
      });
      const before = gone.size - deleted.length;
      const words = [
        `${count(deleted.length, 'item')} deleted.`,
        before > 0 && `${count(before, 'item')} had been deleted before.`,
        halt,
      ];
      // An answer that was lost may have been that they are deleted.
      const unsure = ids.slice(gone.size, sent);
      setOutcome({
        words: words.filter(Boolean).join(' '),
        failed: halt !== null,
        problems: [],
        ...(deleted.length + unsure.length > 0 && {
          undo: () => void restore([...deleted, ...unsure], unsure),
        }),
      });
      if (sent > 0) onDone(gone);
    },
    async refresh(ids: string[]) {
      let last: string | null = null;
      const halt = await work('Asking for pictures', ids, REFRESHED_AT_ONCE, async (part) => {
        last = (await refreshImages(part)).id;
      });
      setOutcome({
        words: halt ?? `The pictures of ${count(ids.length, 'item')} are being looked at again.`,
        failed: halt !== null,
        problems: [],
        ...(last !== null && { link: `/manage/imports/${last}` }),
      });
    },
  };
}

function problemsOf(outcomes: readonly Categorized[]): { reason: string; items: number }[] {
  const counts = new Map<string, number>();
  for (const { problem } of outcomes) {
    if (problem) counts.set(problem, (counts.get(problem) ?? 0) + 1);
  }
  return [...counts].map(([reason, items]) => ({ reason, items }));
}
