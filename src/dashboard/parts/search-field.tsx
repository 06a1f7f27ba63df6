import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useState } from 'react';

/** Milliseconds of quiet behind the last letter. */
const QUIET_MS = 250;

/** A field for words to look for; `onFind` hears them, without blanks around them, when nobody types any more. */
export function SearchField(props: {
  readonly placeholder: string;
  /** What the address bar holds when the page opens. */
  readonly initial: string;
  readonly onFind: (words: string) => void;
}) {
  const [typed, setTyped] = useState(props.initial);
  const find = useDebouncedCallback(props.onFind, QUIET_MS);
  return (
    <TextInput
      label="Search"
      placeholder={props.placeholder}
      leftSection={<Search size={16} aria-hidden />}
      value={typed}
      maxLength={200}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        find(event.currentTarget.value.trim());
      }}
      flex="1 1 16rem"
    />
  );
}
