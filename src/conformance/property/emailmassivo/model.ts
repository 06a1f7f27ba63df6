import { emailmassivo } from '../../../contract/emailmassivo/emailmassivo.ts';
import { allowedPairs } from '../covering-array.ts';
import { drawn, spoken, type PlanSpeech, type SessionModel } from '../session-model.ts';
import { planOf } from './arbitraries.ts';
import { modelStates } from './model-state.ts';
import { pairDimensions, pairedPlans } from './paired-plans.ts';
import type { Plan } from './plan.ts';
import { properties, propertyNames } from './properties.ts';
import { simplerPlans } from './simpler-plans.ts';
import { writeScenario } from './write-scenario.ts';

const speech: PlanSpeech<Plan> = { write: writeScenario, simpler: simplerPlans };

/** Generated sessions of the first provider. */
export const emailmassivoModel: SessionModel = {
  contract: emailmassivo,
  properties,
  draw: ({ property, modes, ...draw }) => {
    const name = propertyNames.find((each) => each === property);
    return name === undefined ? [] : drawn(speech, planOf(properties[name].weights, modes), draw);
  },
  // of one property, since they dwell on no part of the promise
  first: (property, seed, modes) =>
    property === 'sessions' ? pairedPlans(seed, modes).map(({ plan, row }) => spoken(speech, plan, row)) : [],
  states: modelStates,
  pairs: allowedPairs(pairDimensions()).size,
};
