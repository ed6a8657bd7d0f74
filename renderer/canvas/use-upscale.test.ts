import { expect, test } from 'vitest';
import { upscaleOf } from './use-upscale.ts';

test('what is drawn large enough is not enlarged', () => {
  expect([1, 1.7, 2].map(upscaleOf)).toEqual([1, 1, 1]);
});

test('a figure keeps at least its size on the screen at every zoom a fit leads to', () => {
  for (let zoom = 0.2; zoom < 1; zoom += 0.01) {
    const onScreen = zoom * upscaleOf(zoom);
    expect(onScreen).toBeGreaterThanOrEqual(1);
    expect(onScreen).toBeLessThan(1.2);
  }
});

test('from very far it stops growing, before names cover the drawing', () => {
  expect(upscaleOf(0.08)).toBe(6);
});
