import styles from './form.module.css';

/** Why what was asked for was not done; nothing as long as there is no reason. */
export function FormError({ id, children }: { id?: string; children: string | null | undefined }) {
  if (!children) return null;
  return (
    <p id={id} className={styles.error} role="alert">
      {children}
    </p>
  );
}
