import type { Line } from './lines.ts';
import { columnName, type RawRow } from './raw.ts';

/** Rows of JSON Lines: one object per line; blank lines are skipped. */
export async function* readJsonLines(lines: AsyncIterable<Line>): AsyncGenerator<RawRow> {
  let row = 0;
  for await (const line of lines) {
    row += 1;
    if (line.fault) yield { row, fault: line.fault };
    else if (line.text.trim() !== '') yield readObject(row, line.text);
  }
}

function readObject(row: number, text: string): RawRow {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new TypeError('not an object');
    const fields: Record<string, unknown> = Object.create(null);
    for (const [name, field] of Object.entries(value)) fields[columnName(name)] ??= field;
    return { row, fields };
  } catch {
    return { row, fault: { code: 'INVALID_ROW', reason: 'The line is not one JSON object.' } };
  }
}
