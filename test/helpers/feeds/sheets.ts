import { zipOf } from '../zip.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** A cell that is no text: its own XML. */
export interface RawCell {
  readonly xml: string;
}

export interface XlsxOptions {
  /** Other parts of the file, by name. */
  readonly more?: Readonly<Record<string, string | Buffer>>;
  readonly inline?: boolean;
  readonly styles?: string;
}

/** An Excel file with these sheets, its texts shared or in the cells. */
export function xlsxOf(
  sheets: Readonly<Record<string, readonly (readonly (string | RawCell)[])[]>>,
  { more = {}, inline = false, styles }: XlsxOptions = {},
): Promise<Buffer> {
  const strings: string[] = [];
  const cellOf = (cell: string | RawCell, reference: string) => {
    if (typeof cell !== 'string') return cell.xml.replace('<c', `<c r="${reference}"`);
    if (cell === '') return '';
    const text = `<t xml:space="preserve">${escapeXml(cell)}</t>`;
    if (inline) return `<c r="${reference}" t="inlineStr"><is>${text}</is></c>`;
    strings.push(`<si>${text}</si>`);
    return `<c r="${reference}" t="s"><v>${strings.length - 1}</v></c>`;
  };
  const names = Object.keys(sheets);
  const parts: Record<string, string | Buffer> = {
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names
      .map((name, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships>${names
      .map((_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`)
      .join('')}</Relationships>`,
  };
  names.forEach((name, i) => {
    const rows = sheets[name]!.map((cells, row) => {
      const filled = cells.map((cell, column) => cellOf(cell, `${lettersOf(column)}${row + 1}`)).join('');
      return `<row r="${row + 1}">${filled}</row>`;
    });
    parts[`xl/worksheets/sheet${i + 1}.xml`] =
      `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rows.join('')}</sheetData></worksheet>`;
  });
  if (!inline) parts['xl/sharedStrings.xml'] = `${XML}<sst xmlns="${MAIN}">${strings.join('')}</sst>`;
  if (styles) parts['xl/styles.xml'] = `${XML}<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`;
  return zipOf({ ...parts, ...more });
}

function lettersOf(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : lettersOf(Math.floor(column / 26) - 1) + last;
}

/** An OpenDocument file with one sheet. */
export function odsOf(rows: readonly (readonly (string | RawCell)[])[]): Promise<Buffer> {
  const cellOf = (cell: string | RawCell) =>
    typeof cell !== 'string'
      ? cell.xml
      : cell === ''
        ? '<table:table-cell/>'
        : `<table:table-cell office:value-type="string">${cell
            .split('\n')
            .map((line) => `<text:p>${escapeXml(line)}</text:p>`)
            .join('')}</table:table-cell>`;
  const table = rows
    .map((cells) => `<table:table-row>${cells.map(cellOf).join('')}</table:table-row>`)
    .join('');
  return zipOf({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': `${XML}<office:document-content><office:body><office:spreadsheet><table:table table:name="Items">${table}<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`,
  });
}
