/** One email with its message. */
import { createRoute, z } from '@hono/zod-openapi';
import { emailDetailSchema } from './email-schemas.ts';
import { answer, gone, problems } from './route-parts.ts';

const ofEmail = z.object({ account: z.string(), email: z.string() });

export const showEmail = createRoute({
  method: 'get',
  path: '/accounts/{account}/emails/{email}',
  summary: 'An email: envelope, header, text and HTML, attachments, its rows of the history, its session',
  request: { params: ofEmail },
  responses: { 200: answer(emailDetailSchema, 'The email'), ...problems },
});

export const showRawEmail = createRoute({
  method: 'get',
  path: '/accounts/{account}/emails/{email}/raw',
  summary: 'The octets of the message as the client submitted them',
  request: { params: ofEmail },
  responses: {
    200: {
      content: { 'message/rfc822': { schema: z.string().openapi({ format: 'binary' }) } },
      description: 'The message, as a file to keep',
    },
    ...problems,
    ...gone('The body is forgotten; the detail says since when bodies are.'),
  },
});

export const showEmailHtml = createRoute({
  method: 'get',
  path: '/accounts/{account}/emails/{email}/html',
  summary: 'The HTML part as a page for a frame: no script runs in it, and nothing is loaded',
  request: { params: ofEmail },
  responses: {
    200: {
      content: { 'text/html': { schema: z.string() } },
      description: 'The HTML part; empty without one',
    },
    ...problems,
    ...gone('The body is forgotten; the detail says since when bodies are.'),
  },
});
