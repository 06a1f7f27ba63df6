/** Reports in the folder of a sandbox, and the scenarios of the suite. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  reportListQuerySchema,
  reportPageSchema,
  reportSchema,
  suitePageSchema,
  suiteQuerySchema,
} from './report-schemas.ts';
import { answer, badRequest, problems } from './route-parts.ts';

const ofReport = z.object({ report: z.string() });

export const listReports = createRoute({
  method: 'get',
  path: '/reports',
  summary:
    'The HTML reports in the folder of the sandbox, the newest first: what was checked and what came of it',
  request: { query: reportListQuerySchema },
  responses: { 200: answer(reportPageSchema, 'A page of reports'), ...badRequest },
});

export const showReport = createRoute({
  method: 'get',
  path: '/reports/{report}',
  summary: 'One report: what was checked and what came of it',
  request: { params: ofReport },
  responses: { 200: answer(reportSchema, 'The report'), ...problems },
});

export const showReportPage = createRoute({
  method: 'get',
  path: '/reports/{report}/page',
  summary:
    'The report itself, for a frame: its scripts run apart from everything else, and nothing is loaded',
  request: { params: ofReport },
  responses: {
    200: { content: { 'text/html': { schema: z.string() } }, description: 'The report' },
    ...problems,
  },
});

export const listScenarios = createRoute({
  method: 'get',
  path: '/scenarios',
  summary: 'The scenarios of the suite with the rules that each holds, in the order of their ids',
  request: { query: suiteQuerySchema },
  responses: { 200: answer(suitePageSchema, 'A page of scenarios'), ...badRequest },
});
