import { csvLine } from '../../vocabulary/csv.ts';
import type { ImportErrorRow } from './import-job.sql.ts';

export const ERRORS_HEADER = 'row,id,severity,column,code,reason\n';

export function errorToCsv({ row, itemId, severity, column, code, reason }: ImportErrorRow): string {
  return csvLine([String(row), itemId ?? '', severity, column ?? '', code, reason]);
}
