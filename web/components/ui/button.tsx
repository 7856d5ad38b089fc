import Link from 'next/link';
import type { ComponentProps } from 'react';
import styles from './button.module.css';

type Kind = 'primary' | 'plain' | 'quiet' | 'danger';

export function Button({ kind = 'plain', ...rest }: ComponentProps<'button'> & { kind?: Kind | undefined }) {
  return <button type="button" {...rest} className={styles.button} data-kind={kind} />;
}

export function ButtonLink({
  kind = 'plain',
  ...rest
}: ComponentProps<typeof Link> & { kind?: Kind | undefined }) {
  return <Link {...rest} className={styles.button} data-kind={kind} />;
}
