'use client';

import { useEffect, useState } from 'react';

/** The value once it has stayed the same for a while (a debounce), so that not every letter causes a request. */
export function useSettled(value: string, wait = 300): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return settled;
}
