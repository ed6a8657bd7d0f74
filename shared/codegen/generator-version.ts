/** The version of package.json, which a packaged app cannot read from where it runs; a test keeps them equal. */
export const generatorVersion = '0.1.0';
