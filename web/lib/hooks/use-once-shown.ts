import { useCallback, useEffect, useState } from 'react';

/**
 * Gives a function that does something once the coming render is on the page, such as giving the focus to what takes the
 * place of a pressed button. A frame later would be too soon where the render takes longer.
 */
export function useOnceShown(): (act: () => void) => void {
  const [next, setNext] = useState<{ act(): void } | null>(null);
  useEffect(() => next?.act(), [next]);
  return useCallback((act: () => void) => setNext({ act }), []);
}
