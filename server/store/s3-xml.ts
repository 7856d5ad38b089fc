import { Parser } from 'htmlparser2';

export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** The small documents that S3 answers with. */
export function readXml(body: Buffer): XmlElement {
  const root = { name: '', text: '', children: [] as XmlElement[] };
  const open = [root];
  const parser = new Parser(
    {
      onopentag(name) {
        const element = { name, text: '', children: [] };
        open.at(-1)!.children.push(element);
        open.push(element);
      },
      ontext(text) {
        open.at(-1)!.text += text;
      },
      onclosetag: () => void open.pop(),
    },
    { xmlMode: true },
  );
  parser.end(body.toString('utf8'));
  return root.children.find(({ name }) => !name.startsWith('?')) ?? root;
}

/** The text of the element's first child of this name; empty if it has none. */
export function textOf({ children }: XmlElement, name: string): string {
  return children.find((child) => child.name === name)?.text ?? '';
}
