import { lockDirectory } from '../src/disk/directory-lock.ts';

/** Holds a directory until it is killed. */
lockDirectory(process.argv[2] ?? '');
process.send?.('locked');
process.on('disconnect', () => process.exit(0));
