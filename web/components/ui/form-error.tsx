import styles from './form.module.css';

/** Why a request failed; nothing if there is no error. */
export function FormError({ id, children }: { id?: string; children: string | null | undefined }) {
  if (!children) return null;
  return (
    <p id={id} className={styles.error} role="alert">
      {children}
    </p>
  );
}
