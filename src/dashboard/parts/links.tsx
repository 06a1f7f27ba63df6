import { Anchor, Button, NavLink, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type LinkProps = Omit<ComponentPropsWithRef<'a'>, keyof ButtonProps>;

/** A button that is a link, so that it opens in another tab and is read as one. */
const AnchorButton = (props: ButtonProps & LinkProps) => <Button component="a" {...props} />;

/** The component library's links, which know the routes. */
export const Link = createLink(Anchor<'a'>);
export const LinkButton = createLink(AnchorButton);
export const LinkNav = createLink(NavLink<'a'>);
