/** Whether a text can be an address; the gateway says more of one that can. */
export const isAddress = (text: string): boolean => /^[^@\s]+@[^@\s]+$/.test(text.trim());

/** What is wrong with a typed address; nothing while nothing is typed. */
export function addressFault(text: string): string | undefined {
  return text.trim() === '' || isAddress(text) ? undefined : 'An address looks like orders@shop.example.';
}
