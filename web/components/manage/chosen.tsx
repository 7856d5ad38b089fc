import type { ReactNode, Ref } from 'react';
import { Button } from '@/components/ui/button.tsx';
import styles from './chosen.module.css';

interface ChosenProps {
  picture: ReactNode;
  /** The choice, in words. */
  children: ReactNode;
  change?: Ref<HTMLButtonElement>;
  onChange(): void;
}

/** Shows the choice in place of the picker, with a button to change it. */
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
