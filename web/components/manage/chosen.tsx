import type { ReactNode, Ref } from 'react';
import { Button } from '@/components/ui/button.tsx';
import styles from './chosen.module.css';

interface ChosenProps {
  picture: ReactNode;
  /** What is chosen, in words. */
  children: ReactNode;
  change?: Ref<HTMLButtonElement>;
  onChange(): void;
}

/** What was chosen, in the place of the choice, and the button back to it. */
export function Chosen({ picture, children, change, onChange }: ChosenProps) {
  return (
    <div className={styles.chosen}>
      {picture}
      {children}
      <Button ref={change} kind="quiet" onClick={onChange}>
        Change
      </Button>
    </div>
  );
}
