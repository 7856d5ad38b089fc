import type { FeedPreview } from '@/lib/api/imports.ts';
import { count } from '@/lib/format.ts';
import styles from './imports.module.css';

type Column = FeedPreview['columns'][number];

/** What becomes of each column of a feed. */
export function PreviewColumns({ columns }: { columns: readonly Column[] }) {
  const read = columns.filter(({ use }) => use === 'FIELD');
  const kept = columns.filter(({ use }) => use === 'ATTRIBUTE');
  const ignored = columns.filter(({ use }) => use === 'IGNORED');
  return (
    <details className={styles.columns}>
      <summary>
        {count(columns.length, 'column')}: {read.length} understood, {kept.length} kept as attributes,{' '}
        {ignored.length} ignored
      </summary>
      <dl>
        <Group name="Understood" columns={read} />
        <Group name="Kept as attributes" columns={kept} />
        <Group name="Ignored" columns={ignored} />
      </dl>
    </details>
  );
}

function Group({ name, columns }: { name: string; columns: readonly Column[] }) {
  if (columns.length === 0) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {columns
          .map((column) =>
            column.field && column.field !== column.name ? `${column.name} → ${column.field}` : column.name,
          )
          .join(', ')}
      </dd>
    </div>
  );
}
