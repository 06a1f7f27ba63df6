/** Steps that only together can go, such as a change of the world and what undoes it; where there are few enough. */
const FEW_STEPS = 24;

/** Without a run of steps: the half of them, a quarter, down to one; the last ones first. */
export function* withoutSomeSteps<Step>(steps: readonly Step[]): Generator<readonly Step[]> {
  for (let length = Math.ceil(steps.length / 2); length >= 1; length = Math.floor(length / 2)) {
    for (let from = steps.length - length; from > -length; from -= length) {
      const at = Math.max(0, from);
      yield steps.toSpliced(at, Math.min(length, from + length));
    }
  }
}

/** Without any two steps. */
export function* withoutTwoSteps<Step>(steps: readonly Step[]): Generator<readonly Step[]> {
  if (steps.length > FEW_STEPS) return;
  for (let second = steps.length - 1; second > 0; second -= 1) {
    for (let first = second - 1; first >= 0; first -= 1) {
      yield steps.toSpliced(second, 1).toSpliced(first, 1);
    }
  }
}
