/** Which rows of the history are asked for; instants in UTC, `to` excluded. */
export interface HistoryFilter {
  readonly status: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}
