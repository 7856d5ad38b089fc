'use client';

import { type ReactNode, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import type { Slot } from '@/lib/api/slots.ts';
import { useOnceShown } from '@/lib/hooks/use-once-shown.ts';
import { OwnSlot } from './own-slot.tsx';
import { SlotForm } from './slot-form.tsx';
import styles from './slots.module.css';

/** A shop has no more slots of its own. */
const MOST = 20;

interface OwnSlotsProps {
  slots: Slot[];
  onChange(): void;
  /** What a change has set going. */
  children: ReactNode;
}

/** The slots that the shop has made, which can be changed. */
export function OwnSlots({ slots, onChange, children }: OwnSlotsProps) {
  const [adding, setAdding] = useState(false);
  // Those removed here stay in the list, so that they can be brought back.
  const [removed, setRemoved] = useState<Slot[]>([]);
  const onceShown = useOnceShown();
  const add = useRef<HTMLButtonElement>(null);
  const own = slots.filter(({ isBuiltIn }) => !isBuiltIn);
  const gone = removed.filter(({ name }) => !own.some((slot) => slot.name === name));
  const close = () => {
    setAdding(false);
    onceShown(() => add.current?.focus());
  };
  return (
    <section className={styles.section} aria-labelledby="own">
      <div className={styles.head}>
        <h2 id="own">Your own</h2>
        {!adding && (
          <Button ref={add} kind="primary" disabled={own.length >= MOST} onClick={() => setAdding(true)}>
            Add a slot
          </Button>
        )}
      </div>
      {children}
      {adding && (
        <SlotForm
          slot={null}
          taken={slots}
          onSaved={() => {
            onChange();
            close();
          }}
          onClose={close}
        />
      )}
      {own.length + gone.length === 0 && !adding && (
        <p className={styles.none}>
          None yet. Without them, items that are no tops, bottoms, dresses or outer layers are in no outfit.
        </p>
      )}
      {own.length + gone.length > 0 && (
        <ul className={styles.list} aria-label="Your own slots">
          {own.map((slot) => (
            <OwnSlot
              key={slot.name}
              slot={slot}
              removed={false}
              onRemoved={() => {
                setRemoved([...gone, slot]);
                onChange();
              }}
              onSaved={onChange}
            />
          ))}
          {gone.map((slot) => (
            <OwnSlot key={slot.name} slot={slot} removed onRemoved={onChange} onSaved={onChange} />
          ))}
        </ul>
      )}
    </section>
  );
}
