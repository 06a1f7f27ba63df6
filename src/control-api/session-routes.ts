/** Logging in a browser, which cannot send a token with an event stream. */
import { createRoute, z } from '@hono/zod-openapi';
import { answer, badRequest, body } from './route-parts.ts';

const loginStateSchema = z
  .object({
    needed: z.boolean().openapi({ description: 'whether this control API wants its token' }),
    loggedIn: z.boolean().openapi({ description: 'whether this request may call it' }),
  })
  .openapi('LoginState');

export const showLogin = createRoute({
  method: 'get',
  path: '/session',
  summary: 'Whether a token is wanted, and whether this browser has logged in; open to everybody',
  responses: { 200: answer(loginStateSchema, 'How it stands'), ...badRequest },
});

export const logIn = createRoute({
  method: 'post',
  path: '/session',
  summary: 'Log in a browser with the token; its answer sets a cookie, where a token is wanted',
  request: body(z.strictObject({ token: z.string().min(1).max(4_096) })),
  responses: { 204: { description: 'Logged in' }, ...badRequest },
});

export const logOut = createRoute({
  method: 'delete',
  path: '/session',
  summary: 'Log the browser out; its cookie is worth nothing from then on',
  responses: { 204: { description: 'Logged out' }, ...badRequest },
});
