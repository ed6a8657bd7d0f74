import { expect, test } from 'vitest';
import { firstFolder } from './first-folder.ts';

test('the folder lies beside the design and is named after it', () => {
  expect(firstFolder('/home/me/shop.millstream.json', 'typescript')).toBe('/home/me/shop-services');
  expect(firstFolder('C:\\designs\\shop.millstream.json', 'topics')).toBe('C:\\designs\\shop-topics');
  expect(firstFolder('shop.json', 'topics')).toBe('shop-topics');
  expect(firstFolder(null, 'typescript')).toBe('services');
});
