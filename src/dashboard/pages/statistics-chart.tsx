import { BarChart } from '@mantine/charts';
import { useStatusColours } from '../parts/words.tsx';
// oxlint-disable-next-line import/no-unassigned-import
import '@mantine/charts/styles.css';

/** Mails per day by status; the table below it says the same to those who cannot see it. */
export function StatisticsChart(props: {
  readonly days: readonly {
    readonly day: string;
    readonly counts: Readonly<Partial<Record<string, number | undefined>>>;
  }[];
  readonly statuses: readonly string[];
}) {
  const colourOf = useStatusColours();
  return (
    <BarChart
      h={280}
      data={props.days.map(({ day, counts }) => ({ day, ...counts }))}
      dataKey="day"
      type="stacked"
      series={props.statuses.map((name) => ({ name, color: `${colourOf(name)}.6` }))}
      maxBarWidth={48}
      // the numbers change while one looks: bars that grow anew each time would distract, and take the time of the page
      barProps={{ isAnimationActive: false }}
      withLegend
      tickLine="none"
      gridAxis="y"
      barChartProps={{ accessibilityLayer: false }}
    />
  );
}
