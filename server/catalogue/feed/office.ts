import { FeedError } from './fault.ts';
import { openOds } from './sheets/ods.ts';
import type { Part, Sheets } from './sheets/sheets.ts';
import { openXlsx } from './sheets/xlsx.ts';

/** The parts of a zip by name. */
export type Parts = ReadonlyMap<string, Part>;

const SHEET_TYPE = 'application/vnd.oasis.opendocument.spreadsheet';
const SAVE = 'Save the table as CSV or .xlsx and import that.';

/**
 * The sheets of an Office file, which is a zip by its bytes; null if the zip is none. Throws FeedError with the
 * file's kind if it is an Office file without sheets.
 */
export async function openOffice(parts: Parts): Promise<Sheets | null> {
  const has = (start: string) => [...parts.keys()].some((name) => name.startsWith(start));
  if (parts.has('[Content_Types].xml')) {
    if (parts.has('xl/workbook.bin'))
      throw new FeedError(`The file is a binary Excel workbook (.xlsb). ${SAVE}`);
    if (has('xl/')) return openXlsx(parts);
    if (has('word/')) throw new FeedError(`The file is a Word document. ${SAVE}`);
    if (has('ppt/')) throw new FeedError(`The file is a PowerPoint presentation. ${SAVE}`);
    throw new FeedError(`The file is an Office file without a sheet. ${SAVE}`);
  }
  if (parts.has('mimetype')) {
    const type = await textOf(parts.get('mimetype')!);
    if (type.startsWith(SHEET_TYPE)) return openOds(parts);
    if (/opendocument/.test(type))
      throw new FeedError(`The file is an OpenDocument file without a sheet. ${SAVE}`);
    if (/epub/.test(type)) throw new FeedError(`The file is a book (EPUB). ${SAVE}`);
  }
  if (parts.has('Index/Document.iwa') || parts.has('Index.zip')) {
    throw new FeedError(`The file is an Apple Numbers, Pages or Keynote document. ${SAVE}`);
  }
  if (parts.has('META-INF/MANIFEST.MF')) throw new FeedError(`The file is a program (Java archive). ${SAVE}`);
  return null;
}

async function textOf(part: Part): Promise<string> {
  let text = '';
  for await (const chunk of part()) {
    text += chunk.toString('latin1');
    if (text.length > 200) break;
  }
  return text.trim();
}
