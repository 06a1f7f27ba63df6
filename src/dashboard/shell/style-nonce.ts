/** The nonce that the content security policy demands of style elements; the server puts a new one into each page. */
export const styleNonce = document.querySelector('meta[name="style-nonce"]')?.getAttribute('content') ?? '';

// where the component library's scroll lock looks for it (package get-nonce)
Object.assign(globalThis, { __webpack_nonce__: styleNonce });
