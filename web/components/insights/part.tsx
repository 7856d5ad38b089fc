import { type ReactNode, useId } from 'react';
import table from '@/components/ui/table.module.css';
import { formatNumber } from '@/lib/format.ts';
import styles from './insights.module.css';

interface PartProps {
  title: string;
  columns: string[];
  /** The first cell names the row. */
  rows: (string | number)[][];
  /** The chart of the same numbers. Screen readers are given the table. */
  children: ReactNode;
}

/** A chart with its numbers as a table behind it. */
export function Part({ title, columns, rows, children }: PartProps) {
  const id = useId();
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div aria-hidden="true" className={styles.chart}>
        {children}
      </div>
      <details className={styles.numbers}>
        <summary>
          Numbers<span className="visually-hidden">: {title}</span>
        </summary>
        {/* Scrolls by itself: a year has many days. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
        <section className={styles.scroll} tabIndex={0} aria-label={`Numbers: ${title}`}>
          <table className={`${table.table} ${styles.table}`}>
            <thead>
              <tr>
                {columns.map((column, index) => (
                  <th key={column} scope="col" data-number={index > 0 ? '' : undefined}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, ...numbers]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {numbers.map((number, index) => (
                    <td key={columns[index + 1]} data-name={columns[index + 1]} data-number="">
                      {typeof number === 'number' ? formatNumber(number) : number}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </section>
  );
}
