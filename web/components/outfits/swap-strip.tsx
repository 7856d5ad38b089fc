'use client';

import { type KeyboardEvent, useId } from 'react';
import { Price } from '@/components/items/price.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import type { Outfit, OutfitPiece } from '@/lib/api/outfit-shapes.ts';
import { loadSwaps, type Swap } from '@/lib/api/outfits.ts';
import { toItemFilter } from '@/lib/filter.ts';
import type { Builder } from '@/lib/hooks/use-builder.ts';
import { type LoadPage, usePages } from '@/lib/hooks/use-pages.ts';
import type { Swapping } from '@/lib/hooks/use-swapping.ts';
import { within } from '@/lib/i18n/say.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { atWidth } from '@/lib/image-url.ts';
import { swapsName } from '@/lib/query-keys.ts';
import styles from './swap-strip.module.css';

interface SwapStripProps {
  builder: Builder;
  swapping: Swapping;
  /** Name of the slot for people. */
  label: string;
}

/** Other items for a slot that go with the rest: radio buttons, so that arrow keys try one after the other. */
export function SwapStrip({ builder: { outfit, wishes }, swapping, label }: SwapStripProps) {
  const words = useWords();
  const { t } = words;
  const { slot, base } = swapping;
  const group = useId();
  const question = {
    outfit: base?.id ?? outfit.id,
    slot: slot ?? '',
    budget: wishes.budget,
    filter: toItemFilter(wishes.filter),
  };
  const load: LoadPage<Swap> = (after, signal) => loadSwaps(question, after, signal);
  const pages = usePages(swapsName(question), load);
  const { entries, error, loading, hasMore } = pages;
  if (!slot || !base) return null;
  const closeOnEscape = ({ key }: KeyboardEvent) => key === 'Escape' && swapping.close();
  const chosen = outfit.pieces.find((piece) => piece.slot === slot)?.item?.id;
  const choices = entries && withBase(base, slot, entries);
  const none = choices?.every(
    ({ item }) => item?.id === base.pieces.find((one) => one.slot === slot)?.item?.id,
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the radio buttons inside handle keys.
    <div className={styles.strip} onKeyDown={closeOnEscape}>
      {error && <Failure error={error} onRetry={entries ? pages.loadMore : pages.reload} />}
      {!entries && !error && <Waiting />}
      {choices && none && (
        <p role="status">
          {wishes.budget === null ? t('outfit.nothingElse') : t('outfit.nothingElseBudget')}
        </p>
      )}
      {choices && !none && (
        <fieldset className={styles.choices} aria-busy={loading}>
          <legend className="visually-hidden">
            {t('outfit.alternatives', { slot: within(words, label) })}
          </legend>
          {choices.map(({ item, piece, outfit: one }) => (
            <label key={item?.id} className={styles.choice}>
              <input
                type="radio"
                name={group}
                checked={item?.id === chosen}
                onChange={() => swapping.choose(one)}
              />
              <span className={styles.picture}>
                {piece.crop && <img src={atWidth(piece.crop.url, 160)} alt="" loading="lazy" />}
              </span>
              <span className={styles.title}>{item?.title}</span>
              {item && <Price price={item.price} formerPrice={item.formerPrice} />}
            </label>
          ))}
          {hasMore && (
            <span className={styles.more}>
              <Button onClick={pages.loadMore} aria-disabled={loading}>
                {loading ? t('action.loading') : t('action.loadMore')}
              </Button>
            </span>
          )}
        </fieldset>
      )}
      <Button kind="quiet" onClick={swapping.close}>
        {t('action.close')}
      </Button>
    </div>
  );
}

interface Choice {
  item: OutfitPiece['item'];
  piece: OutfitPiece;
  outfit: Outfit;
}

/** The alternatives after the piece that the outfit had when they were asked for. */
function withBase(base: Outfit, slot: string, entries: readonly Swap[]): Choice[] {
  const outfits = [base, ...entries.map(({ outfit }) => outfit)];
  const choices = outfits.flatMap((outfit) => {
    const piece = outfit.pieces.find((one) => one.slot === slot);
    return piece?.item ? [{ item: piece.item, piece, outfit }] : [];
  });
  return choices.filter(({ item }, index) => choices.findIndex((one) => one.item?.id === item?.id) === index);
}

function Waiting() {
  const { t } = useWords();
  return (
    <div className={styles.choices} role="status" aria-label={t('outfit.loadingAlternatives')}>
      {['a', 'b', 'c', 'd', 'e'].map((name) => (
        <Skeleton key={name} className={styles.place} />
      ))}
    </div>
  );
}
