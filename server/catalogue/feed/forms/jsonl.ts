import type { RawRow } from '../raw.ts';
import { parseFields } from './json.ts';
import { EmptyLines, type Line } from './lines.ts';

/** Rows of JSON Lines: one object per line; blank lines are skipped. Throws FeedError if these go on without end. */
export async function* readJsonLines(lines: AsyncIterable<Line>): AsyncGenerator<RawRow> {
  const empty = new EmptyLines();
  let row = 0;
  for await (const line of lines) {
    row += 1;
    if (line.fault) yield { row, fault: line.fault };
    else if (line.text.trim() === '') empty.add();
    else yield readObject(row, line.text);
  }
}

function readObject(row: number, text: string): RawRow {
  const fields = parseFields(text);
  return fields
    ? { row, fields }
    : { row, fault: { code: 'INVALID_ROW', reason: 'The line is not one JSON object.' } };
}
