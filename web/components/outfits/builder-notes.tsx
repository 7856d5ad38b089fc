'use client';

import { Button } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import type { OutfitList, Slot } from '@/lib/api/outfit-shapes.ts';
import { NO_FILTER } from '@/lib/filter.ts';
import type { Builder } from '@/lib/hooks/use-builder.ts';
import { sayList, within } from '@/lib/i18n/say.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { isOver } from '@/lib/outfit-choice.ts';
import { pieceName, slotLabel, whyNone } from '@/lib/outfit-words.ts';
import styles from './outfit-builder.module.css';

interface BuilderNotesProps {
  builder: Builder;
  ideas: OutfitList | undefined;
  slots: Slot[] | undefined;
  onSwap(slot: string): void;
}

/** What is wrong with the outfit, or why the last change was not made, and what can be done about it. */
export function BuilderNotes({ builder, ideas, slots, onSwap }: BuilderNotesProps) {
  const words = useWords();
  const { t } = words;
  const { outfit, refusal, wishes } = builder;
  const soldOut = outfit.pieces.filter(({ item }) => item?.availability === 'OUT_OF_STOCK');
  const empty = refusal && 'empty' in refusal ? refusal.empty : ideas?.empty;
  return (
    <div className={styles.notes}>
      {outfit.missingSlots.length > 0 && (
        <Notice
          title={t('outfit.goneSince', {
            slots: sayList(
              words,
              outfit.missingSlots.map((slot) => within(words, slotLabel(words, slot, slots))),
            ),
          })}
          actions={outfit.missingSlots.map((slot) => (
            <Button key={slot} onClick={() => onSwap(slot)}>
              {t('outfit.findAnother', { slot: within(words, slotLabel(words, slot, slots)) })}
            </Button>
          ))}
        >
          <p>{t('outfit.goneSinceText')}</p>
        </Notice>
      )}
      {soldOut.length > 0 && (
        <Notice
          title={t('outfit.soldOut', {
            pieces: sayList(
              words,
              soldOut.map((piece) => pieceName(words, piece)),
            ),
          })}
          actions={soldOut.map((piece) => (
            <Button key={piece.slot} onClick={() => onSwap(piece.slot)}>
              {t('outfit.swapSlot', { slot: within(words, slotLabel(words, piece.slot, slots)) })}
            </Button>
          ))}
        />
      )}
      {refusal && 'error' in refusal && <Failure error={refusal.error} />}
      {empty && (
        <div role="status">
          <Notice
            title={t(`outfits.none.${empty.reason}.title`)}
            actions={<WaysOut reason={empty.reason} builder={builder} />}
          >
            <p>{whyNone(words, empty)}</p>
          </Notice>
        </div>
      )}
      {!empty && isOver(outfit, wishes.budget) && (
        <Notice
          title={t('outfit.overBudget')}
          actions={<Button onClick={builder.shuffle}>{t('outfit.findWithin')}</Button>}
        />
      )}
    </div>
  );
}

function WaysOut({
  reason,
  builder,
}: {
  reason: NonNullable<OutfitList['empty']>['reason'];
  builder: Builder;
}) {
  const { t } = useWords();
  const { wish, kept, canUndo, undo } = builder;
  return (
    <>
      {reason === 'OVER_BUDGET' && (
        <Button onClick={() => wish({ budget: null }, t('outfit.said.noBudget'))}>
          {t('outfit.removeBudget')}
        </Button>
      )}
      {reason === 'FILTER' && (
        <Button onClick={() => wish({ filter: NO_FILTER }, t('outfit.said.filtersCleared'))}>
          {t('action.clearFilters')}
        </Button>
      )}
      {kept.length > 0 && (reason === 'LOCKED_ITEMS_CLASH' || reason === 'OVER_BUDGET') && (
        <Button onClick={() => wish({ locked: [] }, t('outfit.said.allMayChange'))}>
          {t('outfit.unlockAll')}
        </Button>
      )}
      {canUndo && <Button onClick={undo}>{t('outfit.undo')}</Button>}
    </>
  );
}
