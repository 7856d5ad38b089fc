/** What is selected in the list of items. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** All that match, also those that are not loaded. */
  readonly isAll: boolean;
}

export const NOTHING: Selection = { ids: new Set(), isAll: false };

/** What is left once some are no more. All that matched before a change need not match after it. */
export function without({ ids }: Selection, gone: ReadonlySet<string>): Selection {
  return { ids: new Set([...ids].filter((id) => !gone.has(id))), isAll: false };
}

/** The ids after a press on the one at `at`: it alone, or with Shift all from the last press on. */
export function toggled(
  shown: readonly string[],
  { ids, isAll }: Selection,
  { at, from, extends: isExtended }: { at: number; from: number | null; extends: boolean },
): Set<string> {
  const selected = new Set(isAll ? shown : ids);
  const isOn = !selected.has(shown[at]!);
  const [first, last] = isExtended && from !== null ? [Math.min(from, at), Math.max(from, at)] : [at, at];
  for (const id of shown.slice(first, last + 1)) {
    if (isOn) selected.add(id);
    else selected.delete(id);
  }
  return selected;
}
