/** Calls back when elements come near the view: one observer, so that those that come together are told together. */
/** So far below the view, in its own heights, that the answer usually arrives before the shopper does. */
const AHEAD = '75%';
/** So much of it in view counts as seen. */
const SEEN = 0.5;

export const whenNear = watcher({ rootMargin: `${AHEAD} 0px` });
export const whenSeen = watcher({ threshold: SEEN });

/** Returns a function that calls back once for an element; the call returns how to give that up. */
function watcher(options: IntersectionObserverInit) {
  const calls = new WeakMap<Element, () => void>();
  let observer: IntersectionObserver | undefined;
  return (element: Element, call: () => void): (() => void) => {
    observer ??= new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        observer?.unobserve(target);
        calls.get(target)?.();
      }
    }, options);
    calls.set(element, call);
    observer.observe(element);
    return () => observer?.unobserve(element);
  };
}
