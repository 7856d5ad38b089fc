'use client';

import { Button } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import type { OutfitList, Slot } from '@/lib/api/outfit-shapes.ts';
import { NO_FILTER } from '@/lib/filter.ts';
import type { Builder } from '@/lib/hooks/use-builder.ts';
import { isOver } from '@/lib/outfit-choice.ts';
import { listed, NO_OUTFITS, pieceName, slotLabel } from '@/lib/outfit-words.ts';
import styles from './outfit-builder.module.css';

interface BuilderNotesProps {
  builder: Builder;
  ideas: OutfitList | undefined;
  slots: Slot[] | undefined;
  onSwap(slot: string): void;
}

/** What is wrong with the outfit, or why the last change was not made, and what can be done about it. */
export function BuilderNotes({ builder, ideas, slots, onSwap }: BuilderNotesProps) {
  const { outfit, refusal, wishes } = builder;
  const soldOut = outfit.pieces.filter(({ item }) => item?.availability === 'OUT_OF_STOCK');
  const empty = refusal && 'empty' in refusal ? refusal.empty : ideas?.empty;
  return (
    <div className={styles.notes}>
      {outfit.missingSlots.length > 0 && (
        <Notice
          title={`Gone since this outfit was made: ${listed(outfit.missingSlots.map((slot) => slotLabel(slot, slots).toLowerCase()))}`}
          actions={outfit.missingSlots.map((slot) => (
            <Button key={slot} onClick={() => onSwap(slot)}>
              Find another {slotLabel(slot, slots).toLowerCase()}
            </Button>
          ))}
        >
          <p>It is no longer sold, or its photo was deleted. The other pieces are here.</p>
        </Notice>
      )}
      {soldOut.length > 0 && (
        <Notice
          title={`Sold out: ${listed(soldOut.map(pieceName))}`}
          actions={soldOut.map((piece) => (
            <Button key={piece.slot} onClick={() => onSwap(piece.slot)}>
              Swap the {slotLabel(piece.slot, slots).toLowerCase()}
            </Button>
          ))}
        />
      )}
      {refusal && 'error' in refusal && <Failure error={refusal.error} />}
      {empty && (
        <div role="status">
          <Notice
            title={NO_OUTFITS[empty.reason]}
            actions={<WaysOut reason={empty.reason} builder={builder} />}
          >
            <p>{empty.message}</p>
          </Notice>
        </div>
      )}
      {!empty && isOver(outfit, wishes.budget) && (
        <Notice
          title="This outfit costs more than the budget"
          actions={<Button onClick={builder.shuffle}>Find one within it</Button>}
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
  const { wish, kept, canUndo, undo } = builder;
  return (
    <>
      {reason === 'OVER_BUDGET' && (
        <Button onClick={() => wish({ budget: null }, 'There is no budget any more.')}>
          Remove the budget
        </Button>
      )}
      {reason === 'FILTER' && (
        <Button onClick={() => wish({ filter: NO_FILTER }, 'The filters are cleared.')}>
          Clear the filters
        </Button>
      )}
      {kept.length > 0 && (reason === 'LOCKED_ITEMS_CLASH' || reason === 'OVER_BUDGET') && (
        <Button onClick={() => wish({ locked: [] }, 'All pieces may change.')}>Unlock all</Button>
      )}
      {canUndo && <Button onClick={undo}>Undo</Button>}
    </>
  );
}
