/** The one page of the desktop app. Its scheme is standard and secure, so it has an origin as a site has. */
export const pageScheme = 'app';
export const pageHost = 'millstream';
export const pageAddress = `${pageScheme}://${pageHost}/`;

/** Whether an address is of our own page: parsed, never compared as text. */
export function isOwnPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === `${pageScheme}:` && host === pageHost && username === '' && password === '';
}
