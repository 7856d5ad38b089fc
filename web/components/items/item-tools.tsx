'use client';

import { useState } from 'react';
import { RefreshItem } from '@/components/imports/refresh-item.tsx';
import { ItemLooks } from '@/components/looks/item-looks.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import form from '@/components/ui/form.module.css';
import { FormError } from '@/components/ui/form-error.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import {
  correctGarment,
  type ItemGarment,
  loadItemGarments,
  matchItem,
  setPrimaryGarment,
  unmatchItem,
} from '@/lib/api/item-garments.ts';
import type { Category } from '@/lib/api/shapes.ts';
import { CATEGORIES, CATEGORY_NAMES, garmentName } from '@/lib/categories.ts';
import { explain } from '@/lib/explain.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import styles from './item-tools.module.css';

/** The last change, and how to undo it. */
interface Done {
  words: string;
  undo(): Promise<void>;
}

interface ItemToolsProps {
  id: string;
  /** Kept without matching, since the feed calls it something else than clothing. */
  isLeftOut: boolean;
  onChange(): void;
}

/** For merchandisers: which garment of the item is matched, its category, its rules and its looks. */
export function ItemTools({ id, isLeftOut, onChange }: ItemToolsProps) {
  const {
    value: garments,
    error,
    reload,
  } = useLoaded(`garments of ${id}`, (signal) => loadItemGarments(id, signal));
  const [done, setDone] = useState<Done | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  const act = async (deed: () => Promise<void>, next: Done | null) => {
    setRefusal(null);
    try {
      await deed();
      setDone(next);
      reload();
      onChange();
    } catch (cause) {
      const error = toApiError(cause);
      setRefusal(explain(error).advice);
      // The item was deleted meanwhile, which its page says, or its pictures were parsed again.
      if (error.code === 'NOT_FOUND') {
        reload();
        onChange();
      }
    }
  };
  const choose = (garment: ItemGarment) => {
    const before = garments?.find(({ primary }) => primary);
    const earlier = before?.chosen ? before.id : null;
    act(() => setPrimaryGarment(id, garment.id), {
      words: `Searches match the ${nameOf(garment.category)} now.`,
      undo: () => setPrimaryGarment(id, earlier),
    });
  };
  const correct = (garment: ItemGarment, category: Category) => {
    const earlier = garment.corrected ? (garment.category ?? null) : null;
    act(() => correctGarment(garment.id, category), {
      words: `It is kept as ${CATEGORY_NAMES[category].toLowerCase()} now.`,
      undo: () => correctGarment(garment.id, earlier),
    });
  };

  const takeIn = (category: Category) =>
    act(() => matchItem(id, category), {
      words: `Searches match it as ${CATEGORY_NAMES[category].toLowerCase()} now.`,
      undo: () => unmatchItem(id),
    });

  const rule = `/manage/rules?rule=new&item=${encodeURIComponent(id)}`;
  return (
    <section className={styles.tools} aria-labelledby="tools">
      <h2 id="tools">For merchandisers</h2>
      {error && <Failure error={error} onRetry={reload} />}
      {garments && garments.length > 0 && (
        <ul className={styles.garments} aria-label="Garments in its pictures">
          {garments.map((garment) => (
            <GarmentTools key={garment.id} garment={garment} onChoose={choose} onCorrect={correct} />
          ))}
        </ul>
      )}
      {isLeftOut && (
        <label className={styles.field}>
          It is clothing after all
          <select
            className={form.control}
            value=""
            onChange={({ target }) => takeIn(target.value as Category)}
          >
            <option value="" disabled>
              Choose what it is
            </option>
            {CATEGORIES.map((option) => (
              <option key={option} value={option}>
                {CATEGORY_NAMES[option]}
              </option>
            ))}
          </select>
        </label>
      )}
      {garments?.length === 0 && <p className={styles.soft}>No garment was found in its pictures yet.</p>}
      <p role="status" className={styles.done}>
        {done && (
          <>
            {done.words}{' '}
            <Button kind="quiet" onClick={() => act(done.undo, null)}>
              Undo
            </Button>
          </>
        )}
      </p>
      <FormError>{refusal}</FormError>
      <RefreshItem
        id={id}
        onChange={() => {
          reload();
          onChange();
        }}
      />
      <div className={form.actions}>
        <ButtonLink href={rule}>Pin it</ButtonLink>
        <ButtonLink href={`${rule}&kind=BOOST`}>Boost it</ButtonLink>
        <ButtonLink href={`${rule}&kind=EXCLUDE`}>Exclude it</ButtonLink>
      </div>
      <ItemLooks id={id} />
    </section>
  );
}

function nameOf(category: Category | null | undefined): string {
  return garmentName({ category: category ?? null }).toLowerCase();
}

interface GarmentToolsProps {
  garment: ItemGarment;
  onChoose(garment: ItemGarment): void;
  onCorrect(garment: ItemGarment, category: Category): void;
}

function GarmentTools({ garment, onChoose, onCorrect }: GarmentToolsProps) {
  const { category, corrected, parsedCategory, primary, cropUrl, whole } = garment;
  return (
    <li className={styles.garment} data-primary={primary ? '' : undefined}>
      <img src={cropUrl} alt="" loading="lazy" />
      <label className={styles.field}>
        Category
        <select
          className={form.control}
          value={category ?? ''}
          onChange={({ target }) => onCorrect(garment, target.value as Category)}
        >
          {(whole || !category) && (
            <option value="" disabled>
              Whole image
            </option>
          )}
          {CATEGORIES.map((option) => (
            <option key={option} value={option}>
              {CATEGORY_NAMES[option]}
            </option>
          ))}
        </select>
      </label>
      {corrected && (
        <p className={styles.soft}>Put right by hand; the parser said {nameOf(parsedCategory)}</p>
      )}
      {primary ? (
        <p>
          <Badge tone="good">Matched in searches</Badge>
        </p>
      ) : (
        <Button onClick={() => onChoose(garment)} aria-label={`Match the ${nameOf(category)}`}>
          Match this one
        </Button>
      )}
    </li>
  );
}
