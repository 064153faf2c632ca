/** How much of it must be inside the viewport. */
const visiblePart = 0.5;

/**
 * Calls `seen` once `element` is really on screen: the page is visible and at least half of the element lies inside
 * the viewport, scrolled-away frames counted as outside. Without IntersectionObserver a visible page is enough.
 * The function returned gives up waiting.
 */
export function whenOnScreen(element: Element, seen: () => void): () => void {
  const page = element.ownerDocument;
  let inView = typeof IntersectionObserver === 'undefined';
  let observer: IntersectionObserver | undefined;

  const stop = (): void => {
    observer?.disconnect();
    page.removeEventListener('visibilitychange', check);
  };
  const check = (): void => {
    if (!inView || page.visibilityState !== 'visible') return;
    stop();
    seen();
  };

  page.addEventListener('visibilitychange', check);
  if (!inView) {
    observer = new IntersectionObserver(
      (entries) => {
        inView = entries.some((entry) => entry.isIntersecting && entry.intersectionRatio >= visiblePart);
        check();
      },
      { threshold: visiblePart },
    );
    observer.observe(element);
  }
  check();
  return stop;
}
