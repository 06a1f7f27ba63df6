import { expect, test } from 'vitest';
import type { Transcript, TranscriptEntry } from '../gateway/transcript-recorder.ts';
import { outcomeOf } from './session-outcome.ts';

const said = (direction: 'C' | 'S', octets: string): TranscriptEntry => ({
  kind: 'wire',
  t: 0,
  direction,
  tls: false,
  octets,
});
const closed: TranscriptEntry = { kind: 'closed', t: 9 };

const session = (...entries: readonly TranscriptEntry[]): Transcript => ({
  id: 'ses-1',
  sequence: 1,
  octets: 0,
  port: 25,
  startedAt: 0,
  clientAddress: '127.0.0.1',
  account: undefined,
  entries,
  truncated: false,
});

test.each<[string, readonly TranscriptEntry[], object]>([
  ['nobody spoke yet', [], { word: 'open', text: '', rule: null }],
  ['it goes on', [said('S', '220 here ESMTP\r\n')], { word: 'open', text: '220 here ESMTP', rule: null }],
  [
    'the goodbye is left out, and of several lines the last one stands',
    [said('S', '250-here\r\n250 SIZE 1\r\n'), said('S', '221 2.0.0 Bye\r\n'), closed],
    { word: 'fine', text: '250 SIZE 1', rule: null },
  ],
  [
    'the first refusal with the rule behind it',
    [
      said('S', '550 5.1.1 No\r\n'),
      { kind: 'decision', t: 1, rule: 'error.450' },
      said('S', '503 5.5.1 No recipient\r\n'),
      { kind: 'decision', t: 1, rule: 'protocol.data-needs-recipient' },
      closed,
    ],
    { word: 'refused', text: '550 5.1.1 No', rule: 'error.450' },
  ],
  [
    'a refusal that no rule decided',
    [said('S', '421 4.7.0 Commands before the greeting\r\n'), closed],
    { word: 'refused', text: '421 4.7.0 Commands before the greeting', rule: null },
  ],
  [
    'what a client writes is no reply',
    [said('C', '550 I am a client\r\n'), closed],
    { word: 'fine', text: '', rule: null },
  ],
  [
    'a failed handshake in words',
    [
      {
        kind: 'failed handshake',
        t: 1,
        why: '408D:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../x.c:50:\n',
      },
      closed,
    ],
    { word: 'failed', text: 'wrong version number', rule: null },
  ],
  [
    'a handshake that ended',
    [{ kind: 'failed handshake', t: 1, why: 'the client left' }, closed],
    { word: 'failed', text: 'the client left', rule: null },
  ],
])('%s', (_what, entries, outcome) => {
  expect(outcomeOf(session(...entries))).toEqual(outcome);
});
