import { LinkButton } from './links.tsx';

/** Where a page is empty because nothing was sent: the way to a snippet that sends. */
export function SendFirst({ account }: { readonly account: string }) {
  return (
    <LinkButton to="/accounts/$account" params={{ account }} variant="light">
      Send a first mail
    </LinkButton>
  );
}
