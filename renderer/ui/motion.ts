/** How long a movement of the drawing takes, in milliseconds; none for those who asked for less motion. */
export function motionMs(milliseconds: number): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : milliseconds;
}
