import table from '@/components/ui/table.module.css';
import type { Source } from '@/lib/api/insights.ts';
import { formatNumber } from '@/lib/format.ts';
import styles from './insights.module.css';
import { sourceName } from './source-choice.tsx';

/** What came by which key. */
export function Sources({ sources }: { sources: Source[] }) {
  return (
    <section className={styles.part} aria-labelledby="sources">
      <h2 id="sources">Where from</h2>
      <table className={`${table.table} ${styles.table} ${styles.compact}`}>
        <thead>
          <tr>
            <th scope="col">Source</th>
            {COLUMNS.map(({ name }) => (
              <th key={name} scope="col" data-number="">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={source.id}>
              <th scope="row">{sourceName(source)}</th>
              {COLUMNS.map(({ name, of }) => (
                <td key={name} data-name={name} data-number="">
                  {formatNumber(source.counts[of])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const COLUMNS = [
  { name: 'Searches', of: 'searches' },
  { name: 'Shown', of: 'shown' },
  { name: 'Opened', of: 'opened' },
  { name: 'Clicked', of: 'clickedOut' },
] as const;
