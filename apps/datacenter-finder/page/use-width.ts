import { type MutableRef, useLayoutEffect, useState } from "preact/hooks";

/** How wide an element is, in whole pixels; 0 until that is known. */
export function useWidth(box: MutableRef<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(box.current as HTMLElement);
    return () => observer.disconnect();
  }, []);
  return width;
}
