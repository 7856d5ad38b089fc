'use client';

import { LooksFrame } from '@/components/looks/looks-frame.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { loadSlots } from '@/lib/api/slots.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { OwnSlots } from './own-slots.tsx';
import { SlotProgress } from './slot-progress.tsx';
import { SlotRow } from './slot-row.tsx';
import styles from './slots.module.css';

export function SlotsPage() {
  return (
    <LooksFrame
      title="Slots"
      purpose="The places of an outfit. Four are built in; add your own for what else you sell, such as shoes or bags."
    >
      <Slots />
    </LooksFrame>
  );
}

function Slots() {
  const { value, error, reload } = useLoaded('slots to change', loadSlots);
  if (error) return <Failure error={error} onRetry={reload} />;
  if (!value) {
    return (
      <div role="status" aria-label="Loading the slots">
        <Skeleton className={styles.place} />
      </div>
    );
  }
  const { slots, slotImport } = value;
  return (
    <>
      <OwnSlots slots={slots} onChange={reload}>
        {slotImport && <SlotProgress key={slotImport.id} id={slotImport.id} onEnd={reload} />}
      </OwnSlots>
      <section className={styles.section} aria-labelledby="built-in">
        <h2 id="built-in">Built in</h2>
        <ul className={styles.list} aria-label="Built-in slots">
          {slots
            .filter(({ isBuiltIn }) => isBuiltIn)
            .map((slot) => (
              <SlotRow key={slot.name} slot={slot} />
            ))}
        </ul>
      </section>
    </>
  );
}
