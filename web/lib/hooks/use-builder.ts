'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { type ApiError, toApiError } from '../api/errors.ts';
import type { Outfit, OutfitList } from '../api/outfit-shapes.ts';
import { loadOutfit, loadOutfits, type OutfitsQuestion, type OutfitsTo } from '../api/outfits.ts';
import { withValue } from '../filter.ts';
import { useWords } from '../i18n/use-words.ts';
import {
  keptSlots,
  outfitAddress,
  questionAbout,
  readWishes,
  targetOf,
  type Wishes,
} from '../outfit-address.ts';
import { isOver, nextOutfit, outfitKey } from '../outfit-choice.ts';
import { outfitName as namesOf } from '../outfit-words.ts';
import { outfitName, outfitsName } from '../query-keys.ts';
import { useAddressSteps } from './use-address-steps.ts';
import { useKeys } from './use-loaded.ts';

/** Why the last change was not made. */
export type Refusal = { empty: NonNullable<OutfitList['empty']> } | { error: ApiError };

export interface Builder {
  outfit: Outfit;
  wishes: Wishes;
  to: OutfitsTo;
  /** Slots whose pieces stay. */
  kept: readonly string[];
  /** What the other ideas answer. */
  question: OutfitsQuestion;
  busy: boolean;
  /** The last change, for screen readers. */
  said: string;
  refusal: Refusal | null;
  canUndo: boolean;
  undo(): void;
  shuffle(): Promise<void>;
  toggleKept(slot: string): void;
  /** Whether the piece could be removed. */
  remove(slot: string): Promise<boolean>;
  /** Takes another outfit instead. Successive choices with the same name are undone together. */
  take(outfit: Outfit, words: string, name?: string): void;
  /**
   * Changes what is asked for, and takes another outfit if this one no longer answers it. A function is given the wishes as
   * they are by then, which may be newer than those that are shown.
   */
  wish(change: Partial<Wishes> | ((now: Wishes) => Partial<Wishes>), words: string): Promise<void>;
}

/** A slider or a field that is changed again within this time makes one step with the change before. */
const ONE_STEP_MS = 1000;

/** An outfit that the visitor changes piece by piece. It is in the address with everything asked for. */
export function useBuilder(outfit: Outfit): Builder {
  const words = useWords();
  const { t } = words;
  const queries = useQueryClient();
  const keyOf = useKeys();
  const steps = useAddressSteps();
  const [busy, setBusy] = useState(false);
  const [said, say] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const seen = useRef(new Set<string>());
  const newest = useRef(0);
  const step = useRef({ what: '', number: 0, at: Number.NEGATIVE_INFINITY });
  /** The request that removes a piece, which knows of every wish once it is answered. */
  const removal = useRef(0);
  // Nor does what is answered once the visitor has left: the address is another page's then.
  useEffect(
    () => () => {
      newest.current++;
    },
    [],
  );
  const wishes = readWishes(useSearchParams());
  // An outfit has at least one piece.
  const to = targetOf(outfit, wishes)!;
  const kept = keptSlots(outfit, wishes, to);
  /** As the address has it by now: a slow telephone may not have rendered the last change when the next one comes. */
  const askedNow = () => {
    const now = readWishes(new URLSearchParams(window.location.search));
    const target = targetOf(outfit, now)!;
    return { ...now, to: target, locked: keptSlots(outfit, now, target) };
  };

  /** The name of a step: the same for quick changes of one thing, and for the outfit that answers them. */
  const stepOf = (what: string) => {
    const at = performance.now();
    const { what: last, number, at: before } = step.current;
    const isSame = what === last && at - before < ONE_STEP_MS;
    step.current = { what, number: isSame ? number : number + 1, at };
    return `${what} ${step.current.number}`;
  };

  const show = (next: Outfit, wanted: Wishes, said: string, name?: string) => {
    seen.current.add(outfitKey(outfit)).add(outfitKey(next));
    queries.setQueryData(keyOf(outfitName(next.id)), next);
    steps.go(outfitAddress(next.id, wanted), name);
    say(said);
  };
  /** Waits for an answer. What is answered after a newer request is ignored. */
  const ask = async <T>(request: () => Promise<T>, use: (answer: T) => void) => {
    const mine = ++newest.current;
    setBusy(true);
    setRefusal(null);
    try {
      const answer = await request();
      if (mine === newest.current) use(answer);
    } catch (cause) {
      if (mine === newest.current) setRefusal({ error: toApiError(cause) });
    } finally {
      if (mine === newest.current) setBusy(false);
    }
  };
  const askForOutfits = (wanted: Wishes, use: (outfits: readonly Outfit[]) => void) => {
    const question = questionAbout(outfit, wanted.to ?? to, wanted.locked ?? kept, wanted);
    const request = () =>
      queries.fetchQuery({
        queryKey: keyOf(outfitsName(question)),
        queryFn: ({ signal }) => loadOutfits(question, signal),
      });
    return ask(request, ({ outfits, empty }) => {
      if (empty) setRefusal({ empty });
      use(outfits);
    });
  };

  /** Takes another outfit if this one is none of those that answer the wishes. */
  const answer = (wanted: Wishes, said: string, name?: string) =>
    askForOutfits(wanted, (outfits) => {
      if (outfits.some((one) => outfitKey(one) === outfitKey(outfit))) return;
      const [next] = outfits;
      if (!next) return;
      const told = t('outfit.said.changedAndAnother', { change: said, outfit: namesOf(words, next) });
      show(next, wanted, told, name);
    });

  return {
    outfit,
    wishes,
    to,
    kept,
    question: questionAbout(outfit, to, kept, wishes),
    busy,
    said,
    refusal,
    canUndo: steps.canUndo,
    undo() {
      if (!steps.canUndo) return;
      newest.current++;
      setBusy(false);
      setRefusal(null);
      steps.undo();
      say(t('outfit.said.undone'));
    },
    shuffle() {
      const asked = askedNow();
      const wanted = { ...asked, seed: asked.seed + 1 };
      return askForOutfits(wanted, (outfits) => {
        const next = nextOutfit(outfits, outfit, seen.current);
        if (next) show(next, wanted, t('outfit.said.another', { outfit: namesOf(words, next) }));
        else if (outfits.length > 0) say(t('outfit.said.noOther'));
      });
    },
    toggleKept(slot) {
      const asked = askedNow();
      const isKept = kept.includes(slot);
      const wanted = { ...asked, locked: withValue(asked.locked, slot, !isKept) };
      const said = isKept ? t('outfit.said.mayChange') : t('outfit.said.stays');
      setRefusal(null);
      steps.go(outfitAddress(outfit.id, wanted));
      say(said);
      // What is on its way knows nothing of it.
      if (busy && removal.current !== newest.current) void answer(wanted, said);
    },
    async remove(slot) {
      let removed = false;
      const answered = ask(
        () => loadOutfit(outfit.id, { without: [slot] }),
        (next) => {
          if (!next) return;
          removed = true;
          const asked = askedNow();
          const wanted = {
            ...asked,
            locked: withValue(asked.locked, slot, false),
            slots: next.pieces.map((piece) => piece.slot),
          };
          show(next, wanted, t('outfit.said.removed', { outfit: namesOf(words, next) }));
        },
      );
      removal.current = newest.current;
      await answered;
      return removed;
    },
    take(next, said, name) {
      newest.current++;
      setBusy(false);
      setRefusal(null);
      const asked = askedNow();
      const slots = next.pieces.map(({ slot }) => slot);
      const added = slots.some((slot) => !outfit.pieces.some((piece) => piece.slot === slot));
      show(next, added ? { ...asked, slots } : asked, said, name);
    },
    wish(change, said) {
      const asked = askedNow();
      const part = typeof change === 'function' ? change(asked) : change;
      const wanted = { ...asked, ...part };
      const name = stepOf(Object.keys(part).join());
      steps.go(outfitAddress(outfit.id, wanted), name);
      say(said);
      if (!busy && !part.filter && !isOver(outfit, wanted.budget)) {
        setRefusal(null);
        return Promise.resolve();
      }
      return answer(wanted, said, name);
    },
  };
}
