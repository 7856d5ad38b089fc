import type { SlotInput } from './api/slots.ts';

/** A slot as entered in the form. */
export interface SlotDraft {
  label: string;
  name: string;
  words: string[];
}

/** A name for programs made of one for people: `Schuhe & Stiefel` → `schuhe-stiefel`. */
export function slotName(label: string): string {
  return label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 30)
    .replace(/^-|-$/g, '');
}

/** The words in a text that was typed or pasted: one a line, or separated by commas. */
export function splitWords(text: string): string[] {
  return text
    .split(/[\n,;]/)
    .map((word) => word.trim().replace(/\s+/g, ' '))
    .filter(Boolean);
}

/** The words with more of them, each once however it is spelt. */
export function addWords(words: readonly string[], more: readonly string[]): string[] {
  const all = new Map<string, string>();
  for (const word of [...words, ...more]) {
    const key = word.toLowerCase();
    if (!all.has(key)) all.set(key, word);
  }
  return [...all.values()];
}

/** What the draft needs to become a slot, by field; null if nothing. `taken`: the names of the other slots. */
export function slotProblem(
  { label, name, words }: SlotDraft,
  taken: readonly string[],
): { field: keyof SlotDraft; reason: string } | null {
  if (!label.trim()) return { field: 'label', reason: 'Give the slot a name.' };
  if (!/^[a-z0-9_-]{1,30}$/.test(name)) {
    return { field: 'name', reason: 'Use 1 to 30 small letters, digits, hyphens and underscores.' };
  }
  if (taken.includes(name)) return { field: 'name', reason: 'There is a slot with this name already.' };
  if (words.length === 0) return { field: 'words', reason: 'Name at least one word of your feed.' };
  if (words.length > 50) return { field: 'words', reason: 'A slot has at most 50 words.' };
  return null;
}

export function toSlotInput({ label, name, words }: SlotDraft): SlotInput {
  return { label: label.trim(), name, productTypes: words };
}
