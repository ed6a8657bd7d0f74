import path from 'node:path';

/** A command of the JDK: of the one that JAVA_HOME names, or else the one on the path. */
export function javaCommand(name: 'java' | 'javac'): string {
  const home = process.env.JAVA_HOME;
  return home ? path.join(home, 'bin', name) : name;
}
