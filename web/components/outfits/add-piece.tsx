'use client';

import { Button } from '@/components/ui/button.tsx';
import type { Slot } from '@/lib/api/outfit-shapes.ts';
import type { Builder } from '@/lib/hooks/use-builder.ts';
import { type Swapping, swapButtonId } from '@/lib/hooks/use-swapping.ts';
import { within } from '@/lib/i18n/say.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { emptySlots } from '@/lib/outfit-choice.ts';
import { slotLabel } from '@/lib/outfit-words.ts';
import styles from './outfit-builder.module.css';
import { SwapStrip } from './swap-strip.tsx';

interface AddPieceProps {
  builder: Builder;
  swapping: Swapping;
  slots: Slot[] | undefined;
}

/** The slots that the outfit leaves empty, each with items to choose from. */
export function AddPiece({ builder, swapping, slots }: AddPieceProps) {
  const words = useWords();
  const { t } = words;
  const empty = emptySlots(builder.outfit, slots ?? []);
  const open = empty.find(({ name }) => name === swapping.slot);
  if (empty.length === 0) return null;
  return (
    <section className={styles.add} aria-label={t('outfit.add')}>
      <div className={styles.slots}>
        {empty.map(({ name }) => (
          <Button
            key={name}
            id={swapButtonId(name)}
            aria-expanded={name === swapping.slot}
            onClick={() => (name === swapping.slot ? swapping.close() : swapping.open(name))}
          >
            <span aria-hidden="true">+</span>{' '}
            {t('outfit.addSlot', { slot: within(words, slotLabel(words, name, slots)) })}
          </Button>
        ))}
      </div>
      {open && <SwapStrip builder={builder} swapping={swapping} label={slotLabel(words, open.name, slots)} />}
    </section>
  );
}
