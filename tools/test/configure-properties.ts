import fc from 'fast-check';

/** `maxLength` means what it says: fast-check alone stays near ten elements, however many are allowed. */
fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });
