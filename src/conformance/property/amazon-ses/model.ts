import { amazonSes } from '../../../contract/amazon-ses/amazon-ses.ts';
import { drawn, type PlanSpeech, type SessionModel } from '../session-model.ts';
import { modelStates } from './dialogue.ts';
import { planOf, type Plan, type Weights } from './plan.ts';
import { simplerPlans } from './simpler-plans.ts';
import { writeScenario } from './write-scenario.ts';

const speech: PlanSpeech<Plan> = { write: writeScenario, simpler: simplerPlans };

const usual: Weights = {
  session: 4,
  open: 1,
  close: 1,
  auth: 1,
  mail: 4,
  rcpt: 5,
  data: 4,
  send: 6,
  verb: 2,
  time: 2,
  maintenance: 1,
  block: 1,
};

/** The properties of generated sessions, each dwelling on another part of the promise. */
const properties: Readonly<Record<string, { readonly about: string; readonly weights: Weights }>> = {
  sessions: { about: 'everything together', weights: usual },
  quotas: {
    about: 'the quota of 24 hours, the rate and its bursts, suppression',
    weights: { ...usual, mail: 1, rcpt: 1, data: 1, send: 14, time: 3, maintenance: 0, block: 0, verb: 0 },
  },
  protocol: {
    about: 'order, syntax, maintenance in the middle of a message',
    weights: {
      ...usual,
      mail: 8,
      rcpt: 8,
      data: 6,
      send: 2,
      verb: 5,
      open: 2,
      auth: 3,
      maintenance: 2,
      time: 0,
    },
  },
};

/** Generated sessions of the second provider. */
export const amazonSesModel: SessionModel = {
  contract: amazonSes,
  properties,
  draw: ({ property, modes, ...draw }) => {
    const weights = properties[property]?.weights;
    return weights === undefined ? [] : drawn(speech, planOf(weights, modes), draw);
  },
  first: () => [],
  states: modelStates,
  pairs: 0,
};
