import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';

export async function zipOf(
  files: Readonly<Record<string, string | Buffer>>,
  options: { compress?: boolean } = {},
): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name, options);
  zip.end();
  return buffer(zip.outputStream);
}

/** The zip with another compression method, or with the flag of a password, in each entry and in the directory. */
export function markEntries(
  zip: Buffer,
  { method, encrypted }: { method?: number; encrypted?: boolean },
): Buffer {
  const marked = Buffer.from(zip);
  const heads = [
    { signature: 'PK\x03\x04', flags: 6 },
    { signature: 'PK\x01\x02', flags: 8 },
  ];
  for (const { signature, flags } of heads) {
    for (let at = marked.indexOf(signature); at >= 0; at = marked.indexOf(signature, at + 4)) {
      if (encrypted) marked.writeUInt16LE(marked.readUInt16LE(at + flags) | 1, at + flags);
      if (method !== undefined) marked.writeUInt16LE(method, at + flags + 2);
    }
  }
  return marked;
}
