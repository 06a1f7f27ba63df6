import { BarChart } from '@mantine/charts';
import { useEffect, useState } from 'react';
import type { Bar } from '../parts/bars.ts';
import { useStatusColours } from '../parts/words.tsx';
// oxlint-disable-next-line import/no-unassigned-import
import '@mantine/charts/styles.css';

interface BoxProps {
  readonly x?: number | string;
  readonly y?: number | string;
  readonly width?: number | string;
  readonly height?: number | string;
  readonly fill?: string;
}

/** A part of a bar. The library's own measures its outline after each rendering, for an animation that is off. */
const Box = ({ x, y, width, height, fill }: BoxProps) => (
  <rect x={x} y={y} width={width} height={height} fill={fill} />
);

/** Mails per bar by status; the table below it says the same to those who cannot see it. */
export function StatisticsChart(props: {
  readonly bars: readonly Bar[];
  readonly statuses: readonly string[];
}) {
  const colourOf = useStatusColours();
  const drawn = useSteps(props.statuses.length);
  return (
    <BarChart
      h={280}
      data-drawn={drawn === props.statuses.length}
      data={props.bars.map(({ first, last, counts }) => ({
        day: first === last ? first : `${first} to ${last}`,
        ...counts,
      }))}
      dataKey="day"
      type="stacked"
      series={props.statuses.slice(0, drawn).map((name) => ({ name, color: `${colourOf(name)}.6` }))}
      maxBarWidth={48}
      // the numbers change while one looks: bars that grow anew each time would distract, and take the time of the page
      barProps={{ isAnimationActive: false, activeBar: false, shape: Box }}
      withLegend
      tickLine="none"
      gridAxis="y"
      xAxisProps={{ tickFormatter: (day: string) => day.slice(0, 10) }}
      barChartProps={{ accessibilityLayer: false }}
    />
  );
}

/** Counts up to `last`, each step in a task of its own, so that a key is answered between two steps. */
function useSteps(last: number): number {
  const [step, setStep] = useState(0);
  useEffect(() => {
    if (step >= last) return undefined;
    const next = setTimeout(() => setStep(step + 1));
    return () => clearTimeout(next);
  }, [step, last]);
  return step;
}
