import { expect, it } from 'vitest';
import { findStateFolder } from './state-folder.ts';

it.each([
  ['linux', {}, '/home/ada', '/home/ada/.local/state/millstream'],
  ['linux', { XDG_STATE_HOME: '/var/state' }, '/home/ada', '/var/state/millstream'],
  ['linux', { XDG_STATE_HOME: 'state' }, '/home/ada', '/home/ada/.local/state/millstream'],
  ['darwin', {}, '/Users/ada', '/Users/ada/Library/Application Support/Millstream'],
  ['win32', {}, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Local\\Millstream'],
  ['win32', { LOCALAPPDATA: 'D:\\data' }, 'C:\\Users\\ada', 'D:\\data\\Millstream'],
] as const)('keeps state where %s has it (%o)', (platform, env, home, folder) => {
  expect(findStateFolder({ platform, env, home })).toBe(folder);
});
