import { Anchor, Button, NavLink } from '@mantine/core';
import { createLink } from '@tanstack/react-router';

/** The component library's links, which know the routes. */
export const Link = createLink(Anchor<'a'>);
export const LinkButton = createLink(Button<'a'>);
export const LinkNav = createLink(NavLink<'a'>);
